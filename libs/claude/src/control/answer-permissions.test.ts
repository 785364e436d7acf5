import { expect, test, vi } from 'vitest';
import { ControlDesk } from './control-desk.ts';
import type { OnPermission, PermissionAnswer } from './permission.ts';

function desk(ask: OnPermission) {
  const written: unknown[] = [];
  const warnings: string[] = [];
  const made = new ControlDesk({
    ask,
    saidFirst: async () => undefined,
    servers: {},
    write: async (line) => void written.push(line),
    warn: (w) => warnings.push(w),
  });
  return { desk: made, written, warnings };
}

const asked = {
  kind: 'control_request' as const,
  request_id: 'r1',
  request: {
    subtype: 'can_use_tool',
    tool_name: 'Bash',
    tool_use_id: 'toolu_1',
    input: { command: 'rm x' },
    description: 'removes x',
    blocked_path: '/x',
    permission_suggestions: [{ type: 'addRules' }],
  },
};
const answered = (response: object) => [
  { type: 'control_response', response: { subtype: 'success', request_id: 'r1', response } },
];

test('the question is asked with all that is known of it', async () => {
  const ask = vi.fn<OnPermission>(async () => ({ behavior: 'allow' }));
  await desk(ask).desk.answer(asked);
  expect(ask.mock.calls[0]?.[0]).toEqual({
    requestId: 'r1',
    toolUseId: 'toolu_1',
    toolName: 'Bash',
    input: { command: 'rm x' },
    description: 'removes x',
    blockedPath: '/x',
    requiresUserInteraction: false,
    suggestions: [{ type: 'addRules' }],
  });
});

test.each<[PermissionAnswer, object]>([
  [{ behavior: 'allow' }, { behavior: 'allow', updatedInput: { command: 'rm x' } }],
  [
    { behavior: 'allow', updatedInput: { command: 'ls' } },
    { behavior: 'allow', updatedInput: { command: 'ls' } },
  ],
  [
    { behavior: 'deny', message: 'no' },
    { behavior: 'deny', message: 'no', interrupt: false },
  ],
  [
    { behavior: 'deny', message: 'no', interrupt: true },
    { behavior: 'deny', message: 'no', interrupt: true },
  ],
])('the answer %j becomes %j', async (answer, response) => {
  const { desk: made, written } = desk(async () => answer);
  await made.answer(asked);
  expect(written).toEqual(answered(response));
});

test('an asker that fails is a denial that says so, and a warning', async () => {
  const { desk: made, written, warnings } = desk(() => Promise.reject(new Error('no buttons')));
  await made.answer(asked);
  expect(written).toEqual(
    answered({ behavior: 'deny', message: 'The owner could not be asked for permission.', interrupt: false }),
  );
  expect(warnings).toEqual([expect.stringContaining('no buttons')]);
});

test.each(['cancel', 'cancelAll'] as const)('after %s the asker is told and no answer is written', async (how) => {
  const seen: AbortSignal[] = [];
  const { desk: made, written } = desk((_, signal) => {
    seen.push(signal);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ behavior: 'allow' })));
  });
  const answering = made.answer(asked);
  await vi.waitUntil(() => seen.length === 1);
  made[how]('r1');
  await answering;
  expect(seen[0]?.aborted).toBe(true);
  expect(written).toEqual([]);
});

test('a request of another kind is refused in words, so that the CLI does not wait', async () => {
  const { desk: made, written } = desk(async () => ({ behavior: 'allow' }));
  await made.answer({ kind: 'control_request', request_id: 'r2', request: { subtype: 'hook_callback' } });
  expect(written).toEqual([
    {
      type: 'control_response',
      response: { subtype: 'error', request_id: 'r2', error: expect.stringContaining("'hook_callback'") },
    },
  ]);
});

test('an answer that cannot be written is a warning', async () => {
  const warnings: string[] = [];
  const made = new ControlDesk({
    servers: {},
    saidFirst: async () => undefined,
    ask: async () => ({ behavior: 'allow' }),
    write: () => Promise.reject(new Error('closed')),
    warn: (w) => warnings.push(w),
  });
  await made.answer(asked);
  expect(warnings).toEqual([expect.stringContaining('closed')]);
});
