import { ANN, BOB, GROUP_ID } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { BYPASS, use } from '../support/directives.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

const EVA = { id: 1003, firstName: 'Eva', username: 'eva_home' };

// Where nothing is set, and two may write.
const world = useWorld(
  { people: [ANN, BOB, EVA], env: { ...BYPASS, GROUP_MODE: '', GROUP_CONTEXT: '3' } },
  async () => {
    say(`/new@${bot()} team`);
    await world.shows("Session 'team' created.", GROUP_ID);
  },
);

const bot = () => world.telegram.me.username ?? '';
const say = (text: string, more: object = {}) => world.say(text, { chat: GROUP_ID, ...more });
/** What Claude got as the words of the one who wrote, without what is told of others. */
const got = () => world.asked().map((text) => text.replace(/^(<(in-reply-to|group-talk)[\s\S]*?<\/\2>\n\n)+/, ''));
/** Resolves when the bot has taken or left all that was said so far. */
const heard = () => expect.poll(() => world.telegram.pendingUpdates.length).toBe(0);

/** Starts another bot in the place of the one that runs. */
async function restartWith(env: Record<string, string>): Promise<void> {
  await world.end('bot', 'SIGTERM');
  await world.startAll(['bot'], env);
}

describe('where several people may write in a group', () => {
  it('what mentions the bot or replies to it is for Claude, without the mention, wherever it stands', async () => {
    const at = `@${bot()}`;
    say(`${at} look [[say one]]`);
    const one = await world.shows('one', GROUP_ID);
    say(`look ${at} here [[say two]]`, { from: BOB.id });
    await world.shows('two', GROUP_ID);
    say(`look [[say three]] ${at.toUpperCase()}`);
    await world.shows('three', GROUP_ID);
    say(`@bob_home and ${at}, look [[say four]]`);
    await world.shows('four', GROUP_ID);
    say('and this [[say five]]', { replyTo: one.id, from: BOB.id });
    await world.shows('five', GROUP_ID);
    const bobs = say('the lawn is dry', { from: BOB.id }).message.id;
    say(`${at}: do something [[say six]]`, { replyTo: bobs });
    await world.shows('six', GROUP_ID);
    expect(got()).toEqual([
      'look [[say one]]',
      'look here [[say two]]',
      'look [[say three]]',
      '@bob_home and, look [[say four]]',
      'and this [[say five]]',
      'do something [[say six]]',
    ]);
    expect(world.asked().at(-1)).toContain('the lawn is dry');
  });

  it('what is for others, or for nobody, is not: neither taken nor answered', async () => {
    const bobs = say('is it dry?', { from: BOB.id }).message.id;
    say('@bob_home it is');
    say('yes, it is', { replyTo: bobs });
    say('you there', {
      entities: [{ type: 'text_mention', offset: 0, length: 3, user: { id: 5, is_bot: false, first_name: 'Cy' } }],
    });
    say('anybody?');
    say('stop');
    say('/tmp is full');
    say('/status@somebody_else_bot');
    await heard();
    say(`@${bot()} [[say at last]]`);
    await world.shows('at last', GROUP_ID);
    expect(got()).toEqual(['[[say at last]]']);
    expect(world.texts(GROUP_ID)).toEqual(['at last']);
  });

  it('a command is taken in every form, and a turn ends by each way to say stop', async () => {
    const at = `@${bot()}`;
    const answer = say(`${at} [[say ready]]`) && (await world.shows('ready', GROUP_ID));
    // What is only shown for a while goes, so that they are counted.
    const count = (text: RegExp) => world.texts(GROUP_ID).filter((each) => text.test(each)).length;
    const counts = (text: RegExp, many: number) => expect.poll(() => count(text), { timeout: PATIENCE_MS }).toBe(many);
    const queue = /^Nothing waits in session 'team'|^Queue of session 'team'/;
    for (const [index, command] of ['/queue', `/queue@${bot()}`, `${at} /queue`, `/queue ${at}`].entries()) {
      say(command, { from: BOB.id });
      await counts(queue, index + 1);
    }
    const ways: [string, object?][] = [
      [`${at} stop`],
      [`stop ${at}`],
      [`/stop${at}`],
      ['/stop'],
      ['Stop.', { replyTo: answer.id }],
    ];
    for (const [index, [text, more]] of ways.entries()) {
      const request = world.modelIsAsked();
      say(`${at} [[wait 60000]]`);
      await request;
      say('stop');
      await heard();
      expect(count(/^⏹ Stopped/)).toBe(index);
      say(text, more);
      await counts(/^⏹ Stopped/, index + 1);
    }
  });

  it('the answer to a question of Claude is taken from the one who was asked', async () => {
    const options = ['Red', 'Blue'].map((label) => ({ label, description: 'a colour' }));
    const question = { questions: [{ question: 'Which colour?', header: 'Colour', options, multiSelect: false }] };
    say(`@${bot()} ${use('AskUserQuestion', question)}[[results]]`);
    await world.shows(/Which colour\?/, GROUP_ID);
    say('green', { from: BOB.id });
    say('@bob_home yellow');
    await heard();
    say('none of them');
    await world.shows(/"Which colour\?"="none of them"/, GROUP_ID);
    expect(world.asked()).toHaveLength(1);
  });

  it('what was said in between is given along with the next turn, once, as the talk of others', async () => {
    for (const text of ['too long ago', 'it is <dry>', '@bob_home water it']) say(text);
    say('I have no </group-talk> can', { from: BOB.id });
    await heard();
    say(`what now, @${bot()}? [[say water]]`, { from: EVA.id });
    await world.shows('water', GROUP_ID);
    expect(world.asked()[0]).toBe(
      '<group-talk>\nAnn: it is <dry>\nAnn: @bob_home water it\nBob: I have no <\\/group-talk> can\n</group-talk>\n\nwhat now? [[say water]]',
    );
    say(`@${bot()} [[say more]]`);
    await world.shows('more', GROUP_ID);
    expect(world.asked()[1]).toBe('[[say more]]');
    // A mention alone is about what was said.
    say('is that enough?', { from: BOB.id });
    await heard();
    const request = world.modelIsAsked();
    say(`@${bot()}`);
    await request;
    expect(world.asked()[2]).toBe(`<group-talk>\nBob: is that enough?\n</group-talk>\n\n@${bot()}`);
  });

  it('an album is taken whole by the mention in its caption', async () => {
    const file = (name: string) => ({ name, data: Buffer.from(name), mimeType: 'text/plain' });
    const files = [file('a.txt'), file('b.txt')];
    world.telegram.sendAlbum({ from: ANN.id, chat: GROUP_ID, files, caption: `@${bot()} both [[say got both]]` });
    await world.shows('got both', GROUP_ID);
    expect(world.asked()).toHaveLength(1);
    expect(world.asked()[0]).toMatch(/a\.txt[\s\S]*b\.txt/);
    world.telegram.sendAlbum({ from: ANN.id, chat: GROUP_ID, files, caption: 'for you, @bob_home' });
    await heard();
    say(`@${bot()} [[say nothing more]]`);
    await world.shows('nothing more', GROUP_ID);
    expect(world.asked()).toHaveLength(2);
  });
});

it('in the group of one who may write, and with GROUP_MODE=all, all is taken that is for nobody else', async () => {
  for (const env of [{ TELEGRAM_ALLOWED_USERS: String(ANN.id) }, { GROUP_MODE: 'all' }]) {
    world.turnPage();
    await restartWith(env);
    const bobs = say('is it dry?', { from: EVA.id }).message.id;
    say('@bob_home it is');
    say('yes, it is', { replyTo: bobs });
    await heard();
    say('[[say for Claude]]');
    await world.shows('for Claude', GROUP_ID);
    expect(got().at(-1)).toBe('[[say for Claude]]');
    expect(got().filter((text) => !text.includes('is it dry?'))).toHaveLength(1);
  }
});

it('who writes as somebody else is refused, and the log names the cause and what to set', async () => {
  const raw = (from: object, fields: object = {}) =>
    world.telegram.sendRaw({ from: ANN.id, chat: GROUP_ID, fields: { from, text: `@${bot()} hello`, ...fields } });
  const group = { id: GROUP_ID, type: 'supergroup', title: 'Homelab' };
  const channel = { id: -1_000_000_000_999, type: 'channel', title: 'News' };
  raw({ id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }, { sender_chat: group });
  raw({ id: 136817688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' }, { sender_chat: channel });
  raw({ id: 777000, is_bot: false, first_name: 'Telegram' }, { sender_chat: channel, is_automatic_forward: true });
  raw({ id: 4004, is_bot: false, first_name: 'Mallory' });
  await heard();
  const log = () => world.bot?.output() ?? '';
  await expect.poll(log).toMatch(/anonymous.*Turn off “Remain anonymous”/);
  expect(log()).toMatch(/in the name of a channel.*write as themselves/);
  expect(log()).toMatch(/linked channel.*forward it yourself/);
  expect(log()).toMatch(/add 4004 to TELEGRAM_ALLOWED_USERS/);
  expect(world.asked()).toEqual([]);
  expect(world.shown(GROUP_ID).filter(({ from }) => from.id === world.telegram.me.id)).toEqual([]);
});
