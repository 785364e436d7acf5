import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANN, BOB } from '@signalbox/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BYPASS, bash, use } from '../support/directives.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

/** Groups as they are, one for each test, and the supergroups that they become. */
const GROUPS = [-501, -502, -503] as const;
const sinceOf = (group: number) => -1_000_000_000_000 + group;
const MOVED = 'This group is a supergroup now. Everything goes on here.';

/** A monitor of Kuma that is down from some moment on. */
let isUp = true;
const labels = 'monitor_id="1",monitor_name="nas",monitor_type="http",monitor_url="http://nas/"';
const kuma = createServer((_request, response) => response.end(`monitor_status{${labels}} ${isUp ? 1 : 0}\n`));
beforeAll(() => new Promise<void>((resolve) => kuma.listen(0, '127.0.0.1', resolve)));
afterAll(() => kuma.close());

const world = useWorld(
  {
    env: () => ({
      ...BYPASS,
      TELEGRAM_ALLOWED_CHATS: GROUPS.join(','),
      KUMA_URL: `http://127.0.0.1:${(kuma.address() as AddressInfo).port}`,
      KUMA_API_KEY: 'sentinel-kuma-key',
      HOMELAB_WATCH: 'kuma',
      HOMELAB_WATCH_SECONDS: '0.2',
      HOMELAB_WATCH_CHAT: String(GROUPS[2]),
    }),
  },
  async () => {
    for (const id of GROUPS)
      world.telegram.addGroup({ id, title: `Home ${id}`, forum: false, basic: true, members: [ANN.id, BOB.id] });
  },
);

const upgrade = (chat: number) => world.telegram.upgrade({ from: BOB.id, chat, to: sinceOf(chat) });
/** What Ann, the first who is allowed, is told of the new id. */
const told = (group: number) => world.texts().filter((text) => text.includes(String(sinceOf(group))));

it('a group that becomes a supergroup goes on: its session, a running turn, its question, what waits, who is allowed', async () => {
  const [old] = GROUPS;
  const since = sinceOf(old);
  world.say('/new web', { chat: old });
  await world.shows("Session 'web' created.", old);
  const options = ['Red', 'Blue'].map((label) => ({ label, description: 'a colour' }));
  const question = { questions: [{ question: 'Which colour?', header: 'Colour', options, multiSelect: false }] };
  world.say(`I am green ${use('AskUserQuestion', question)}[[results]]`, { chat: old });
  await world.shows(/Which colour\?/, old);
  world.say('[[say after the turn]]', { chat: old, from: BOB.id });
  await expect.poll(() => world.telegram.pendingUpdates.length).toBe(0);
  upgrade(old);
  await world.shows(MOVED, since);
  const asked = await world.shows(/Which colour\?/, since);
  const data = asked.buttons.flat().find(({ text }) => text === 'Blue')?.data ?? '';
  world.telegram.press({ from: ANN.id, chat: since, messageId: asked.id, data });
  await world.shows(/"Which colour\?"="Blue"/, since);
  await expect
    .poll(() => world.now(asked))
    .toMatchObject({ text: expect.stringMatching(/→ Blue \(Ann\)$/), buttons: [] });
  await world.shows('after the turn', since);
  world.say('[[recall]]', { chat: since, from: BOB.id });
  await world.shows(/I am green/, since);
  await expect.poll(() => told(old)).toHaveLength(1);
  expect(told(old)[0]).toMatch(/put that into TELEGRAM_ALLOWED_CHATS in place of -501, and into HOMELAB_WATCH_CHAT/);
  // Also for a bot that starts with the old id.
  await world.replace('bot', 'SIGTERM');
  world.say('[[say known]]', { chat: since });
  await world.shows('known', since);
  expect(told(old)).toHaveLength(1);
});

it('it is also heard of from a send that is refused: what waits there is shown once, in order', async () => {
  const [, old] = GROUPS;
  const since = sinceOf(old);
  world.say('/new nas', { chat: old });
  await world.shows("Session 'nas' created.", old);
  const held = bash('until test -e go; do sleep 0.1; done');
  world.say(`[[say one]]${held}[[say two]]${bash('true')}[[say three]]`, { chat: old });
  // The live view, which has a button, may read the same.
  const isShown = () => world.shown(old).some(({ text, buttons }) => text === 'one' && buttons.length === 0);
  await expect.poll(isShown, { timeout: PATIENCE_MS }).toBe(true);
  world.say('[[say four]]', { chat: old, from: BOB.id });
  await expect.poll(() => world.telegram.pendingUpdates.length).toBe(0);
  // Telegram's word of it comes last.
  world.telegram.faults.add({ method: 'getUpdates', times: 1_000, effect: 'hang' });
  world.say('[[say five]]', { chat: old });
  await expect.poll(() => world.telegram.faults.list()[0]?.hits, { timeout: PATIENCE_MS }).toBe(1);
  upgrade(old);
  await writeFile(world.workspace('nas', 'go'), '');
  await world.shows('five', since);
  await expect.poll(() => told(old)).toHaveLength(1);
  expect(world.telegram.pendingUpdates).not.toEqual([]);
  world.telegram.faults.clear();
  await expect.poll(() => world.telegram.pendingUpdates.length, { timeout: PATIENCE_MS }).toBe(0);
  world.say('[[say six]]', { chat: since });
  await world.shows('six', since);
  // What the chat shows meanwhile, of the turn and of the queue, goes.
  const shown = [MOVED, 'two', 'three', 'four', 'five', 'six'];
  await expect.poll(() => world.texts(since), { timeout: PATIENCE_MS }).toEqual(shown);
  expect(told(old)).toHaveLength(1);
});

it('what the watch finds is told where the chat is now', async () => {
  const [, , old] = GROUPS;
  upgrade(old);
  isUp = false;
  await world.shows(/^🔴.*nas/, sinceOf(old));
});
