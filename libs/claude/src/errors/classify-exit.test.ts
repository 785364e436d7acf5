import { expect, test } from 'vitest';
import { readRecording } from '../../testing/recording.ts';
import { exitError } from './classify-exit.ts';

test.each([
  ['err-07', 'session-not-found'],
  ['err-11', 'session-in-use'],
] as const)('the recorded end %s is typed', (name, code) => {
  const recording = readRecording(name);
  const stderr = recording.flatMap(({ dir, msg }) => (dir === 'err' ? [String(msg)] : [])).join('');
  expect(exitError({ code: 1, signal: null, stopped: false, stderr }, 'start')).toMatchObject({ code });
});

test('an option the CLI does not know means another version', () => {
  const stderr = "error: unknown option '--session-mirror'";
  expect(exitError({ code: 1, signal: null, stopped: false, stderr }, 'start')).toMatchObject({
    code: 'unsupported-version',
  });
});

test('root with bypassPermissions is told apart', () => {
  const stderr = '--dangerously-skip-permissions cannot be used with root/sudo privileges for security reasons';
  expect(exitError({ code: 1, signal: null, stopped: false, stderr }, 'start')).toMatchObject({
    code: 'bypass-refused',
  });
});

test('any other end names how, when and what stderr said', () => {
  const inTurn = exitError({ code: null, signal: 'SIGKILL', stopped: false, stderr: '' }, 'turn');
  expect(inTurn).toMatchObject({ code: 'exited', retryable: true });
  expect(inTurn.message).toBe('Claude Code ended by SIGKILL during a turn. stderr: (empty)');
  expect(exitError({ code: 2, signal: null, stopped: false, stderr: 'boom' }, 'start')).toMatchObject({
    code: 'start-failed',
    message: 'Claude Code ended with code 2 before it was ready. stderr: boom',
  });
});

test('a process that was killed before it was ready may start the next time', () => {
  expect(exitError({ code: null, signal: 'SIGKILL', stopped: false, stderr: '' }, 'start')).toMatchObject({
    code: 'exited',
  });
});
