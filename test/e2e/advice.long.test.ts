import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

/** Types a line at a shell of the worker's machine, with what its owner has in the environment. */
const atShell = (line: string) =>
  execa('sh', ['-c', line], { env: { PATH: process.env.PATH ?? '', HOME: world.env.HOME }, extendEnv: false });

describe('advice', () => {
  it('about a context that is full names each way on', async () => {
    await world.newSession();
    await world.ask(
      '[[error 400: prompt is too long: 210000 tokens > 200000 maximum]]',
      /\/compact.*\/rewind.*\/clear/,
    );
  });

  it('about a login that is refused, and /desk, name a command that works on this machine', async () => {
    await world.newSession();
    const { text } = await world.ask('[[error 401]]', /log in again/);
    const [, command = ''] = /`?log in again with `?([^`]+?)`? on the worker/.exec(text) ?? [];
    expect((await atShell(`${command} --version`)).stdout).toMatch(/Claude Code/);
    await world.ask('[[say there]]', 'there');
    const desk = await world.ask('/desk', /--resume/);
    const line = /^cd .* --resume \S+$/m.exec(desk.text)?.[0] ?? '';
    expect((await atShell(`${line} --version`)).stdout).toMatch(/Claude Code/);
  });
});

describe('money', () => {
  const known = /Dollars are what the API would cost; the model is simulated, and nothing is charged\./;

  it('of a simulated model is said to be what the API would cost', async () => {
    await world.newSession();
    await world.ask('[[say paid]]', 'paid');
    await world.ask('/usage', known);
    await world.ask('/session', known);
  });

  it('of a subscription is said so as well', async () => {
    await world.newSession();
    await world.end('worker', 'SIGTERM');
    const login = { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'sentinel-subscription', MODEL_IS_SIMULATED: '' };
    await world.startAll(['worker'], login);
    for (const command of ['/usage', '/session'])
      await world.ask(command, /Dollars are what the API would cost; with a subscription they are not charged\./);
  });
});
