import { ANN } from '@signalbox/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestLog, startParts, type TestParts } from '../testing/parts.ts';
import { createExpectations } from './expectations.ts';
import { createQuestions } from './questions.ts';
import { createSentJournal } from './sent-journal.ts';
import { settleQuestion } from './settle-question.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts.stop());

it('a question that is settled gives up the text that would answer it, and none that answers another one', async () => {
  const { redis } = await parts.open();
  const expectations = createExpectations(redis);
  const place = { chatId: ANN.id };
  const expected = { queue: { name: 'session-b', group: 'session.default' }, questionId: 'q-b', prefix: '' };
  await expectations.set(place, undefined, expected);
  const settle = (questionId: string) =>
    settleQuestion(
      {
        api: parts.api,
        journal: createSentJournal(redis),
        questions: createQuestions(redis, 'a secret'),
        expectations,
        log: createTestLog().log,
      },
      'reply-7',
      { version: 3, kind: 'settled', place, questionId, text: 'No answer is needed.' },
    );
  await settle('q-a');
  expect(await expectations.find(place, ANN.id)).toEqual(expected);
  await settle('q-b');
  expect(await expectations.find(place, ANN.id)).toBeUndefined();
});
