import { describe, expect, it } from 'vitest';
import { sayIn, useTerminal } from '../support/terminal.ts';

const terminal = useTerminal();

describe('signalbox start', () => {
  it('with nothing configured says what runs where, answers in the simulated chat, and Ctrl-C leaves nothing behind', async () => {
    const { child, prints, printed } = terminal.start();
    const [, chat = ''] = await prints(/Chat +(http:\S+) {2}\(a simulated Telegram/);
    await prints(/Model +SIMULATED/);
    const [, dashboard = '', password = ''] = await prints(/Dashboard +(http:\S+) {2}\(user admin, password (\S+)\)/);
    await prints(/Taking messages/);

    await sayIn(chat, '/new test');
    await sayIn(chat, 'hello');
    const shown = async () => (await fetch(`${chat}/control/messages?chat=1001`)).text();
    await expect.poll(shown).toMatch(/simulated model/);

    const headers = { authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` };
    expect((await fetch(`${dashboard}/queues/api/queues`)).status).toBe(401);
    const board = await (await fetch(`${dashboard}/queues/api/queues`, { headers })).text();
    expect(board).toContain('session-test');

    process.kill(child.pid as number, 'SIGINT');
    expect((await child).exitCode).toBe(0);
    expect(printed()).toContain('Stopped.');
  });

  it('lists all wrong settings at once and starts nothing', async () => {
    const { child, printed } = terminal.start({
      STREAMING: 'loud',
      DASHBOARD_PORT: 'x',
      TELEGRAM_BOT_TOKEN: 'secret-but-wrong',
      KUMA_URL: 'kuma',
      KUMA_API_KEY: 'k',
      HOMELAB_PLUGINS: './none.mjs',
    });
    expect((await child).exitCode).toBe(1);
    for (const name of ['STREAMING', 'DASHBOARD_PORT', 'TELEGRAM_BOT_TOKEN', 'KUMA_URL'])
      expect(printed()).toContain(`${name}: expected`);
    expect(printed()).toMatch(/HOMELAB_PLUGINS: "\.\/none\.mjs" cannot be used/);
    expect(printed()).not.toContain('secret-but-wrong');
  });
});
