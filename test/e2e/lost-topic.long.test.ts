import { writeFile } from 'node:fs/promises';
import { ANN, GROUP_ID } from '@signalbox/simulator';
import { expect, it } from 'vitest';
import { BYPASS, bash, use } from '../support/directives.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: BYPASS });

/** A topic of the group, and a session of this name that it talks to. */
async function topicOf(session: string, name: string): Promise<number> {
  const { id } = world.telegram.createTopic({ from: ANN.id, chat: GROUP_ID, name });
  world.say(`/new ${session}`, { chat: GROUP_ID, thread: id });
  await world.shows(`Session '${session}' created.`, GROUP_ID);
  return id;
}

/** What an administrator does to a topic. */
async function change(how: 'deleteForumTopic' | 'closeForumTopic', thread: number): Promise<void> {
  const url = `${world.simulator.url}/bot${world.simulator.botToken}/${how}`;
  const body = JSON.stringify({ chat_id: GROUP_ID, message_thread_id: thread });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(response.ok).toBe(true);
}

it.each([
  ['gone', 'deleteForumTopic'],
  ['closed', 'closeForumTopic'],
] as const)('an answer whose topic is %s comes to the chat, which a button binds to its session', async (what, how) => {
  const session = `web-${what}`;
  const thread = await topicOf(session, `The web ${what}`);
  const held = bash('until test -e go; do sleep 0.1; done');
  const request = world.modelIsAsked();
  world.say(`I am ${what} ${held}[[say first]]${bash('true')}[[say second]]`, { chat: GROUP_ID, thread });
  await request;
  await change(how, thread);
  await writeFile(world.workspace(session, 'go'), '');
  const line = `↪️ From session '${session}', of the topic “The web ${what}” that is ${what}:`;
  const first = await world.shows(`${line}\nfirst`, GROUP_ID);
  expect(first.thread).toBeUndefined();
  await world.shows(`${line}\nsecond`, GROUP_ID);
  // A reply finds the session without more.
  world.say('[[recall]]', { chat: GROUP_ID, replyTo: first.id });
  expect((await world.shows(new RegExp(`I am ${what}`), GROUP_ID, 2)).thread).toBeUndefined();
  const [offer, ...others] = world.shown(GROUP_ID).filter(({ buttons }) => buttons.length > 0);
  expect(others).toEqual([]);
  expect(offer?.text).toMatch(`Session '${session}' has lost its topic.`);
  const button = offer?.buttons.flat().find(({ text }) => text === `Talk to '${session}' here`);
  world.telegram.press({ from: ANN.id, chat: GROUP_ID, messageId: offer?.id ?? 0, data: button?.data ?? '' });
  await world.shows(`Switched to session '${session}'.`, GROUP_ID);
  world.say('[[say bound]]', { chat: GROUP_ID });
  expect((await world.shows('bound', GROUP_ID)).thread).toBeUndefined();
});

it('a question whose topic is gone is asked in the chat, and answered there by a text', async () => {
  const thread = await topicOf('nas', 'The NAS');
  const options = ['Red', 'Blue'].map((label) => ({ label, description: 'a colour' }));
  const question = { questions: [{ question: 'Which colour?', header: 'Colour', options, multiSelect: false }] };
  const held = bash('until test -e go; do sleep 0.1; done');
  const request = world.modelIsAsked();
  world.say(`${held}${use('AskUserQuestion', question)}[[results]]`, { chat: GROUP_ID, thread });
  await request;
  await change('deleteForumTopic', thread);
  await writeFile(world.workspace('nas', 'go'), '');
  await world.shows(/^↪️ From session 'nas', of the topic “The NAS” that is gone:[\s\S]*Which colour\?/, GROUP_ID);
  world.say('none of them', { chat: GROUP_ID });
  await world.shows(/"Which colour\?"="none of them"/, GROUP_ID);
});
