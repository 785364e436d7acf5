import { writeFile } from 'node:fs/promises';
import { GROUP_ID } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { BYPASS, bash } from '../support/directives.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: { TOPIC_PER_SESSION: 'true', ...BYPASS } });

/** What is said in a topic of the group, as soon as the bot says it. */
const showsIn = (thread: number, text: string | RegExp) =>
  world.telegram.waitFor(
    () =>
      world
        .shown(GROUP_ID, thread)
        .find((each) => (typeof text === 'string' ? each.text === text : text.test(each.text))),
    { timeoutMs: PATIENCE_MS, describe: `the bot to say ${text} in topic ${thread}` },
  );

describe('with TOPIC_PER_SESSION', () => {
  it('/new in a group makes a topic that talks to the session; several topics work at once', async () => {
    const threads: number[] = [];
    for (const name of ['web', 'nas']) {
      world.say(`/new ${name}`, { chat: GROUP_ID });
      await world.shows(`→ Session '${name}' has a topic of its own.`, GROUP_ID);
      const created = await world.shows(`Session '${name}' created.`, GROUP_ID);
      threads.push(created.thread ?? 0);
    }
    expect(new Set(threads).size).toBe(2);
    const [web = 0, nas = 0] = threads;
    const held = bash('until test -e go; do sleep 0.1; done');
    world.say(`I am web ${held}[[say slow]]`, { chat: GROUP_ID, thread: web });
    world.say('I am nas [[say fast]]', { chat: GROUP_ID, thread: nas });
    await showsIn(nas, 'fast');
    expect(world.texts(GROUP_ID, web)).not.toContain('slow');
    await writeFile(world.workspace('web', 'go'), '');
    await showsIn(web, 'slow');
    world.say('[[recall]]', { chat: GROUP_ID, thread: nas });
    expect((await showsIn(nas, /^I remember/)).text).not.toContain('I am web');
    // A topic that is there already is bound, and none is made.
    world.say('/new servers', { chat: GROUP_ID, thread: 2 });
    await showsIn(2, "Session 'servers' created.");
    expect(world.telegram.calls.filter(({ method }) => method === 'createForumTopic')).toHaveLength(2);
  });

  it('/new where there can be no topic makes the session there, with a word', async () => {
    world.say('/new here');
    await world.shows('No topic could be made (this chat has no topics), so the session is here.');
    await world.shows("Session 'here' created.");
    await world.ask('[[say here]]', 'here');
  });
});
