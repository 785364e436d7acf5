import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ANN, BOB, DEFAULT_BOT_TOKEN, GROUP_ID } from '@signalbox/simulator';
import { afterEach, describe, expect, test } from 'vitest';

const MAIN = new URL('./main.ts', import.meta.url);

let child: ChildProcess | undefined;
afterEach(async () => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
});

function start(env: Record<string, string> = {}): ChildProcess {
  const execArgv = ['--conditions=@signalbox/source', '--import', 'tsx'];
  child = fork(MAIN, [], {
    execArgv,
    env: { PATH: process.env.PATH ?? '', SIMULATOR_PORT: '0', ...env },
    silent: true,
  });
  return child;
}

describe('the simulator as a process', { timeout: 60_000 }, () => {
  test('says where it listens, serves there and stops on SIGTERM', async () => {
    const running = start();
    const [[output], [message]] = (await Promise.all([
      once(running.stdout as NodeJS.ReadableStream, 'data'),
      once(running, 'message'),
    ])) as [[Buffer], [{ url: string }]];
    expect(message).toMatchObject({
      type: 'listening',
      botToken: DEFAULT_BOT_TOKEN,
      users: [ANN.id, BOB.id],
      groups: [GROUP_ID],
    });
    expect(String(output)).toBe(`Simulator listening on ${message.url}\n`);
    const page = await fetch(message.url);
    expect(await page.text()).toContain('<title>Signalbox');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    // A stream that is open must not hold the process.
    const events = await fetch(`${message.url}/control/events`);
    running.kill('SIGTERM');
    expect(await once(running, 'exit')).toEqual([0, null]);
    await events.body?.cancel().catch(() => undefined);
  });

  test('does not outlive the process that started it', async () => {
    const running = start();
    await once(running, 'message');
    running.disconnect();
    expect(await once(running, 'exit')).toEqual([0, null]);
  });

  test('does not start with a wrong value and says which', async () => {
    const running = start({ SIMULATOR_PORT: 'http', SIMULATOR_MODEL_IS_SIMULATED: 'perhaps' });
    let errors = '';
    running.stderr?.on('data', (chunk) => {
      errors += String(chunk);
    });
    expect(await once(running, 'exit')).toEqual([1, null]);
    expect(errors).toContain('SIMULATOR_PORT: expected a port, 0 to 65535, got "http".');
    expect(errors).toContain('SIMULATOR_MODEL_IS_SIMULATED: expected true or false, got "perhaps"');
  });
});
