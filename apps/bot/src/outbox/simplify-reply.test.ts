import type { Reply } from '@signalbox/contracts';
import { JobFailed } from '@signalbox/queues';
import { expect, it } from 'vitest';
import { simplifyReply } from './simplify-reply.ts';

const head = { version: 1, place: { chatId: 7 }, session: 'web' } as const;
const said: Reply = { ...head, kind: 'markdown', text: '**bold**' };
const question: Reply = {
  ...head,
  kind: 'question',
  text: 'Retry?',
  about: { queue: { name: 'q', group: 'g' }, jobId: 'j' },
  rows: [[{ label: 'Retry', act: { do: 'answer', value: 'retry' } }]],
};

it('a reply that brought two bots down is shown as it is', () => {
  expect(simplifyReply(said, 2)).toBe(said);
});

it('one that brought three down is shown as bare text; what has buttons keeps them', () => {
  expect(simplifyReply(said, 3)).toMatchObject({ ...head, kind: 'text', text: '**bold**' });
  expect(simplifyReply(question, 5)).toBe(question);
});

it('one that brings them down as bare text too is only told of', () => {
  for (const reply of [said, question])
    expect(simplifyReply(reply, 6)).toMatchObject({ ...head, kind: 'text', text: expect.stringMatching(/6 times/) });
});

it('a reaction that brought three down is left out', () => {
  expect(() => simplifyReply({ ...head, kind: 'reaction', text: '👌', messageIds: [1] }, 3)).toThrow(JobFailed);
});
