import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { linesOf, readRecording, replay, saidIn } from '../../testing/recording.ts';
import { Dialogue } from './dialogue.ts';

const open = (uuid: string) => ({
  state: 'open' as const,
  said: [{ rowUuid: `before-${uuid}`, text: 'said before the crash', toolsBefore: 1 }],
  tools: [
    { id: 't1', name: 'Bash', input: { command: 'ls' }, state: 'done' as const, textsBefore: 0, result: 'a b' },
    { id: 't2', name: 'Bash', input: { command: 'rm' }, state: 'open' as const, textsBefore: 1 },
  ],
});

test('a message the CLI continues by itself: what it said before, then the rest, once, as a re-run', async () => {
  const { turns, late } = await replay('17-recommended-recover', { continues: true, past: open('a') });
  expect(turns).toHaveLength(1);
  expect(turns[0]?.outcome).toMatchObject({
    status: 'answered',
    recovered: 'rerun',
    text: expect.stringContaining('w20'),
  });
  expect(saidIn(turns[0]?.events ?? [])).toEqual(['said before the crash', expect.stringMatching(/^w1 w2 .* w20$/)]);
  expect(late).toEqual([]);
});

test('what was done before the crash is told in its place among what was said, and what has no result as cut off', async () => {
  const { turns } = await replay('17-recommended-recover', { continues: true, past: open('a') });
  const told = (turns[0]?.events ?? []).filter(({ type }) => ['said', 'tool-started', 'tool-ended'].includes(type));
  expect(told).toEqual([
    { type: 'tool-started', id: 't1', name: 'Bash', input: { command: 'ls' }, textsBefore: 0 },
    { type: 'tool-ended', id: 't1', isError: false, content: 'a b' },
    expect.objectContaining({ type: 'said', text: 'said before the crash', toolsBefore: 1 }),
    { type: 'tool-started', id: 't2', name: 'Bash', input: { command: 'rm' }, textsBefore: 1 },
    { type: 'tool-ended', id: 't2', isError: true, content: 'Cut off.' },
    expect.objectContaining({ type: 'said', text: expect.stringMatching(/^w1 w2/), toolsBefore: 2 }),
  ]);
});

test('a permission that was open at the crash is asked again, and `completed` does not end the re-run', async () => {
  const asked: string[] = [];
  const { turns } = await replay('06-perm-pending-recover', {
    continues: true,
    past: { state: 'open', said: [], tools: [] },
    onPermission: async (request) => {
      asked.push(`${request.toolName} ${String(request.input.command)}`);
      return { behavior: 'allow' };
    },
  });
  expect(asked).toEqual([expect.stringMatching(/^Bash touch .*ok\.txt$/)]);
  expect(turns[0]?.outcome).toMatchObject({ status: 'answered', text: 'perm done', recovered: 'rerun' });
});

test('the cost of a turn is its own, not the total of the process', async () => {
  const { turns } = await replay('02-warm-partials-replay');
  expect(turns[0]?.outcome?.costUsd).toBeCloseTo(0.00014, 6);
  expect(turns[1]?.outcome?.costUsd).toBeCloseTo(0.00014, 6);
  const resumed = await replay('err-12');
  expect(resumed.turns[0]?.outcome?.costUsd).toBeCloseTo(0.00014, 6);
});

test('the account’s limits come with the outcome or the error, and as an event', async () => {
  const { turns } = await replay('12-ratelimit-rejected');
  expect(turns[0]?.events).toContainEqual(
    expect.objectContaining({ type: 'rate-limit', status: 'rejected', kind: 'five_hour' }),
  );
});

test('a turn the process leaves open rejects with how the process ended', async () => {
  const { turns } = await replay('err-11');
  expect(turns[0]?.error).toMatchObject({ code: 'exited' });
});

test('what a process prints of a message that was never asked for is not told', async () => {
  const late: unknown[] = [];
  const dialogue = new Dialogue({
    stdin: new PassThrough().resume(),
    past: { state: 'open', said: [], tools: [] },
    continues: true,
    onPermission: async () => ({ behavior: 'allow' }),
    onLate: (event) => void late.push(event),
    readTranscript: async () => ({ state: 'absent', said: [], tools: [] }),
  });
  const taken = linesOf(readRecording('17-recommended-recover')).map((line) => dialogue.take(line));
  dialogue.ending();
  await Promise.all(taken);
  expect(late).toEqual([]);
});
