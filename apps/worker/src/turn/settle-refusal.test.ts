import { ClaudeError } from '@signalbox/claude';
import type { AnswerButton, MessageJob } from '@signalbox/contracts';
import type { Metadata } from '@signalbox/sessions';
import { beforeEach, expect, it } from 'vitest';
import { origin, taken } from '../../testing/world.ts';
import type { SessionRecord } from '../warm/session-record.ts';
import type { MessageRun } from './message-run.ts';
import { tellIfRefused } from './settle-refusal.ts';

const TOO_LONG = new ClaudeError('context-full', 'prompt is too long', { status: 400 });
const TOO_LARGE = new ClaudeError('request-refused', 'Request too large', { status: 413 });
const BAD = new ClaudeError('request-refused', 'tool_use without tool_result', { status: 400 });
const AWAY = new ClaudeError('unreachable', 'away');

let metadata: Metadata;
let offered: string[];
beforeEach(() => {
  metadata = {} as Metadata;
  offered = [];
});

const record = {
  load: async () => ({ metadata }),
  change: async (change: Partial<Metadata>) => void Object.assign(metadata, change),
} as unknown as SessionRecord;
const publisher = {
  question: async (_id: string, _to: unknown, { rows }: { rows: AnswerButton[][] }) => {
    offered = rows.flat().map(({ label }) => label);
  },
};
const fail = (id: string, error: ClaudeError) => {
  const job = { session: 'web', origin } as MessageJob;
  const run = { taken: taken(id, job), job, queue: { name: 'session-web', group: 'g' }, publisher };
  return tellIfRefused(run as unknown as MessageRun, error, { record, advice: 'No.' });
};

it.each([
  ['the same', BAD, BAD],
  ['another', TOO_LONG, TOO_LARGE],
  ['another, the other way round', TOO_LARGE, TOO_LONG],
])('the second refusal in a row, for %s reason, offers what leads on', async (_, first, second) => {
  expect(await fail('u-1-1', first)).toBe(true);
  expect(offered).toEqual(['Retry']);
  expect(await fail('u-1-2', second)).toBe(true);
  expect(offered).toContain('Back to before this message');
});

it('the same job again, after a crash, is no second refusal', async () => {
  await fail('u-1-1', BAD);
  await fail('u-1-1', BAD);
  expect(offered).toEqual(['Retry']);
});

it('a failure of another kind is none, and leaves the count as it is', async () => {
  await fail('u-1-1', BAD);
  expect(await fail('u-1-2', AWAY)).toBe(false);
  expect(metadata.refused).toEqual({ times: 1, jobId: 'u-1-1' });
});
