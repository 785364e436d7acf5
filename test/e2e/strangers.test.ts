import { ANN, GROUP_ID } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { openWorld, useWorld } from '../support/use-world.ts';

const STRANGER = 6_666;
const OTHER_GROUP = -1_000_000_000_777;

const world = useWorld({}, async () => {
  world.telegram.addPerson({ id: STRANGER, firstName: 'Mallory' });
  world.telegram.addGroup({ id: OTHER_GROUP, title: 'Elsewhere', forum: false, members: [ANN.id, STRANGER] });
});

/** Resolves when the bot has handled all that was said so far. */
async function settled(): Promise<void> {
  await world.ask('/help', /\/sessions/);
}

describe('a stranger', () => {
  it('gets no answer and causes nothing, whatever they do, but leaves a line in the log', async () => {
    const queues = await world.openQueues();
    const jobsBefore = await queues.redis.keys('*STRANGER*');
    world.telegram.say({ from: STRANGER, text: '/start' });
    world.telegram.say({ from: STRANGER, text: '/new mine' });
    world.telegram.say({ from: STRANGER, text: 'hello' });
    world.telegram.sendSticker({ from: STRANGER, emoji: '😀' });
    world.telegram.sendFile({ from: STRANGER, as: 'document', name: 'x.sh', data: new Uint8Array([1]) });
    await settled();
    expect(world.shown(STRANGER)).toEqual([]);
    expect(world.telegram.calls.filter(({ params }) => Number(params.chat_id) === STRANGER)).toEqual([]);
    expect(await queues.routing.session('mine')).toBeUndefined();
    expect(await queues.redis.keys(`*${STRANGER}*`)).toEqual(jobsBefore);
    await queues.close();
    expect(world.apps[0]?.output()).toMatch(/"userId":6666.*Refused: not on the allowlist/);
  });

  it('in a group that is allowed gets no answer either', async () => {
    world.telegram.addGroup({ id: GROUP_ID - 1, title: 'Both', forum: false, members: [ANN.id, STRANGER] });
    world.telegram.say({ from: STRANGER, chat: GROUP_ID - 1, text: '/help' });
    await settled();
    expect(world.shown(GROUP_ID - 1)).toEqual([]);
  });
});

describe('an allowed user', () => {
  it('is not answered in a group that is not allowed: others could read it', async () => {
    world.telegram.say({ from: ANN.id, chat: OTHER_GROUP, text: '/help' });
    await settled();
    expect(world.shown(OTHER_GROUP)).toEqual([]);
  });
});

describe('a bot that nobody is allowed to use', () => {
  it('refuses everybody and says so in the terminal', async () => {
    const closed = await openWorld({ apps: [], env: { TELEGRAM_ALLOWED_USERS: '' } });
    const bot = closed.start('bot');
    await bot.waitForOutput(/TELEGRAM_ALLOWED_USERS is empty: everybody is refused/);
    await bot.waitForOutput(/Taking messages/);
    closed.say('/start');
    await bot.waitForOutput(/Refused: not on the allowlist/);
    expect(closed.shown(ANN.id)).toEqual([]);
  });
});
