import { RequestWithdrawn } from '@signalbox/claude';
import { sessionQueue } from '@signalbox/contracts';
import type { Lease } from '@signalbox/queues';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestLog, held, origin, repliesTo, useTestQueues } from '../../testing/world.ts';
import { createPublisher } from '../output/publish.ts';
import { createNotifier } from './notifier.ts';
import { type Asking, OpenQuestions } from './open-questions.ts';

const queue = sessionQueue('web', 'default');
const { place } = origin;
const asking: Asking = { jobId: 'u-1-1', to: origin, userId: 7 };
const queues = await useTestQueues();
let lease: Lease;
let claude: AbortController;
beforeEach(async () => {
  lease = await held(queues, queue.name);
  claude = new AbortController();
});
afterEach(async () => {
  claude.abort();
  await lease.release();
});

/** The questions of a worker that holds the session. */
function openQuestions(waitMs = 60_000) {
  const { log } = createTestLog();
  const notifier = createNotifier();
  const publisher = createPublisher({ session: 'web', lease, addJob: queues.addJob, log });
  const needs = { queue, questions: queues.questions, publisher, notifier, log, waitMs, lost: lease.lost };
  const questions = new OpenQuestions(needs);
  const ask = (name: string, by = asking) => {
    const answered = questions.ask(by, { name, markdown: `${name}?`, rows: [], textPrefix: '' }, claude.signal);
    answered.catch(() => undefined);
    return answered;
  };
  const answer = async (requestId: string) => {
    const question = { questionId: requestId, about: { queue, requestId } };
    const holds = await queues.questions.answer(question, { id: 'u-1-9', value: 'yes', by: 'Ann' });
    notifier.notify();
    return holds?.value;
  };
  return { questions, ask, answer };
}

const shown = async () => (await repliesTo(queues, 7)).map(({ text }) => text);
const ids = async () => (await queues.questions.listOpen(queue.name)).map(({ requestId }) => requestId);
const isAsked = (text: string) => expect.poll(shown).toContain(text);

/** Claude ends in the middle of its question. */
async function dies(asked: Promise<unknown>): Promise<void> {
  claude.abort(new Error('Claude has ended'));
  await expect(asked).rejects.toThrow('Claude has ended');
  claude = new AbortController();
}

const UNWANTED = '⏹ No answer is needed any more.';

describe('a question that is open when its Claude ends', () => {
  it('is the same one when it is asked again, and is not taken back when it was answered', async () => {
    const { questions, ask, answer } = openQuestions();
    const first = ask('one');
    await isAsked('one?');
    await dies(first);
    const again = ask('one');
    await answer('n-u-1-1-ask-one-0');
    expect(await again).toMatchObject({ value: 'yes' });
    await questions.endTurn('u-1-1', place);
    expect(await shown()).toEqual(['one?']);
  });

  it('is taken back by the next worker when the turn ends without it: a text is no answer to it any more', async () => {
    const first = openQuestions().ask('one');
    await isAsked('one?');
    await dies(first);
    const next = openQuestions();
    await next.questions.endTurn('u-1-1', undefined);
    expect(await shown()).toEqual(['one?', UNWANTED]);
    expect(await next.answer('n-u-1-1-ask-one-0')).toBeUndefined();
  });

  it('is taken back when something else is asked in its place', async () => {
    const first = openQuestions().ask('one');
    await isAsked('one?');
    await dies(first);
    void openQuestions().ask('other');
    await isAsked('other?');
    expect(await shown()).toEqual(['one?', '⏹ Claude has begun anew with this.', 'other?']);
    expect(await ids()).toEqual(['n-u-1-1-ask-other-0']);
  });
});

describe('a question that is asked again in the same turn', () => {
  it('after nobody answered it is shown again', async () => {
    const { ask } = openQuestions(50);
    expect(await ask('one')).toBe('expired');
    expect(await ask('one')).toBe('expired');
    const expired = '⌛ Nobody answered in time.';
    expect(await shown()).toEqual(['one?', expired, 'one?', expired]);
  });

  it('after Claude withdrew it is shown again', async () => {
    const { ask } = openQuestions();
    const first = ask('one');
    await isAsked('one?');
    claude.abort(new RequestWithdrawn());
    await expect(first).rejects.toThrow(RequestWithdrawn);
    claude = new AbortController();
    void ask('one');
    await expect.poll(shown).toEqual(['one?', UNWANTED, 'one?']);
  });
});

it('the end of a turn leaves alone what Claude asks in a turn of its own, and the end of that one does not', async () => {
  const { questions, ask } = openQuestions();
  void ask('one', { jobId: 'late-5', to: { place }, userId: undefined });
  await isAsked('one?');
  await questions.endTurn('u-1-1', place);
  expect(await ids()).toEqual(['n-late-5-ask-one-0']);
  await questions.endOwnTurn('late', place);
  expect(await ids()).toEqual([]);
  expect(await shown()).toEqual(['one?', UNWANTED]);
});

it('the end of a turn of Claude’s own leaves alone what a message’s turn has asked, and may ask again', async () => {
  const { questions, ask } = openQuestions();
  const asked = ask('one');
  await isAsked('one?');
  await dies(asked);
  await questions.endOwnTurn('late', place);
  expect(await ids()).toEqual(['n-u-1-1-ask-one-0']);
});

it('several questions at once are asked one after the other', async () => {
  const { ask, answer } = openQuestions();
  const both = Promise.all([ask('one'), ask('two')]);
  await isAsked('one?');
  expect(await shown()).toEqual(['one?']);
  await answer('n-u-1-1-ask-one-0');
  await isAsked('two?');
  await answer('n-u-1-1-ask-two-0');
  await both;
  expect(await shown()).toEqual(['one?', 'two?']);
});
