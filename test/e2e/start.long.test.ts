import { describe, expect, it } from 'vitest';
import { processesWith } from '../support/census.ts';
import { sayIn, useTerminal } from '../support/terminal.ts';

const terminal = useTerminal();

type Shown = { id: number; text: string };

describe('signalbox start', () => {
  it('told to stop twice ends at once, and leaves nothing behind either', async () => {
    const { child, prints, printed } = terminal.start({ GRACE_SECONDS: '60' });
    const [, chat = ''] = await prints(/Chat +(http:\S+) {2}/);
    await sayIn(chat, '/new test');
    await sayIn(chat, '[[wait 50000]]');
    await expect.poll(async () => (await fetch(`${chat}/control/anthropic/requests`)).text()).toContain('turn');
    process.kill(child.pid as number, 'SIGINT');
    await prints(/Stopping\. Ctrl-C again/);
    process.kill(child.pid as number, 'SIGINT');
    await child;
    expect(printed()).toContain('Ending at once');
    await expect.poll(() => processesWith(terminal.dir)).toEqual([]);
  });

  it('its simulator brings any message, and refuses what it is told to with the text that it is given', async () => {
    const { child, prints } = terminal.start();
    const [, chat = ''] = await prints(/Chat +(http:\S+) {2}/);
    const texts = async () =>
      ((await (await fetch(`${chat}/control/messages?chat=1001`)).json()) as Shown[]).map(({ text }) => text);
    const post = (path: string, body: object) =>
      fetch(`${chat}/control/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post('raw', { from: 1001, fields: { gift: { gift: { id: 'g' } } } });
    await expect.poll(texts).toContainEqual(expect.stringMatching(/gift/));
    await sayIn(chat, '/new test');
    await post('anthropic/errors', { status: 400, message: 'The request holds a poem', contains: 'verse' });
    await sayIn(chat, 'a verse');
    await expect.poll(texts).toContainEqual(expect.stringMatching(/^⚠️ .*refuses this conversation/));
    expect(await (await fetch(`${chat}/control/anthropic/errors`)).text()).toMatch(/"hits":[1-9]/);
    process.kill(child.pid as number, 'SIGTERM');
    await child;
  });

  it('started again has its simulated chats as they were, and what is said then is answered', async () => {
    const shown = async (chat: string) =>
      (await fetch(`${chat}/control/messages?chat=1001`)).json() as Promise<Shown[]>;
    const first = terminal.start();
    const [, chat = ''] = await first.prints(/Chat +(http:\S+) {2}/);
    await sayIn(chat, '/new test');
    await sayIn(chat, 'before [[say One.]]');
    await expect.poll(async () => (await shown(chat)).map(({ text }) => text)).toContain('One.');
    const before = await shown(chat);
    process.kill(first.child.pid as number, 'SIGTERM');
    await first.child;

    const second = terminal.start();
    const [, again = ''] = await second.prints(/Chat +(http:\S+) {2}/);
    expect((await shown(again)).map(({ id, text }) => [id, text])).toEqual(before.map(({ id, text }) => [id, text]));
    await sayIn(again, '[[recall]]');
    await expect.poll(async () => (await shown(again)).at(-1)?.text).toContain('before');
    const ids = (await shown(again)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    process.kill(second.child.pid as number, 'SIGTERM');
    await second.child;
  });

  it.each([
    ['Telegram', { TELEGRAM_API_ROOT: 'http://127.0.0.1:1' }, ['bot']],
    ['Redis', { REDIS_URL: 'redis://127.0.0.1:1' }, ['bot', 'worker', 'dashboard']],
  ])('shows its guide also where %s does not answer, and says what is not ready', async (_what, env, missing) => {
    const { child, prints, printed } = terminal.start({
      ...{ TELEGRAM_BOT_TOKEN: '123456:simulated-token', TELEGRAM_ALLOWED_USERS: '1001' },
      ...env,
    });
    await prints(/Signalbox is running\.[\s\S]*Dashboard +http/);
    expect([...printed().matchAll(/The (\w+) is not ready yet: its last line says/g)].map(([, app]) => app)).toEqual(
      missing,
    );
    process.kill(child.pid as number, 'SIGTERM');
    await child;
  });

  it('starts a crashed app again and says so', async () => {
    const { child, prints } = terminal.start();
    await prints(/Signalbox is running/);
    const worker = (await processesWith(terminal.dir)).find(({ command }) =>
      command.includes('apps/worker/dist/main.js'),
    );
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await prints(/worker ended \(SIGKILL\)\. Starting it again in/);
    await prints(/Serving pool[\s\S]*Serving pool/);
    process.kill(child.pid as number, 'SIGINT');
    await child;
  });

  it('refuses to listen for others without a password', async () => {
    const { child, printed } = terminal.start({ DASHBOARD_HOST: '0.0.0.0' });
    expect((await child).exitCode).toBe(1);
    expect(printed()).toContain('DASHBOARD_PASSWORD is not set');
  });

  it('says which process already runs from the same directory', async () => {
    const first = terminal.start();
    await first.prints(/Signalbox is running/);
    const second = terminal.start();
    expect((await second.child).exitCode).toBe(1);
    expect(second.printed()).toContain(`already runs from this directory (process ${first.child.pid})`);
    process.kill(first.child.pid as number, 'SIGTERM');
    expect((await first.child).exitCode).toBe(0);
  });
});
