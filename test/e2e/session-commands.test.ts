import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { BYPASS, bash } from '../support/directives.ts';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({ env: BYPASS });

/** Resolves when a tool of the session has written this file. */
const appears = (path: string) => expect.poll(() => existsSync(path)).toBe(true);

describe('settings of a session', () => {
  it('changed while a turn runs are answered at once, and count from the next turn', async () => {
    await world.newSession('web1');
    const flag = join(world.dir, 'flag1');
    world.telegram.say({
      from: ANN.id,
      text: `${bash(`touch ${flag}; while [ -e ${flag} ]; do sleep 0.1; done`)}[[say first]]`,
    });
    await appears(flag);
    await world.ask('/model claude-haiku-5-5', /^Model: claude-haiku-5-5\nThis counts from the next turn\.$/);
    await world.ask('/effort high', /^Effort: high/);
    await world.ask('/timeout 45', 'Claude is interrupted after 45 min of silence');
    await world.ask('/quiet', /^Output: quiet/);
    const before = world.simulator.anthropic.turns().at(-1)?.model;
    await world.ask('/persona planner', /^Persona: planner – /);
    expect(world.texts()).not.toContain('first');
    await rm(flag);
    await world.shows('first');
    await world.ask('[[recall]] [[say second]]', /second/);
    const last = world.simulator.anthropic.turns().at(-1);
    expect([last?.model, before]).toEqual(['claude-haiku-5-5', expect.not.stringMatching('haiku')]);
    expect(last?.userTexts).toHaveLength(2);
    expect(last?.system).toContain('You make plans that somebody else can carry out');
    await world.ask(
      '/session',
      /Session 'web1'\n[\s\S]*Persona: planner[\s\S]*Model: claude-haiku-5-5\nEffort: high[\s\S]*Output: quiet/,
    );
    const stored = JSON.parse(await readFile(join(world.dir, 'sessions/web1/settings.json'), 'utf8'));
    const settings = { model: 'claude-haiku-5-5', effort: 'high', output: 'quiet', timeoutMinutes: 45 };
    expect(stored).toEqual({ version: 1, ...settings });
  });
});

describe('the conversation', () => {
  it('is begun anew by /clear and replaced by a summary by /compact, in the order of what is said', async () => {
    await world.newSession('web2');
    await world.ask('/compact', 'There is nothing to summarise yet.');
    await world.ask('I am blue [[say noted]]', 'noted');
    await world.ask('/compact', /^The conversation was replaced by a summary: [\d.]+k → [\d.]+k tokens\.$/);
    await world.ask('[[recall]]', /I am blue/);
    expect(world.simulator.anthropic.requests.at(-1)?.userTexts).toEqual(['I am blue [[say noted]]', '[[recall]]']);
    const before = (await world.metadata('web2')).claudeSessionId;
    await world.ask('/clear', "A new conversation in session 'web2'. Its files are as they were.");
    expect((await world.metadata('web2')).claudeSessionId).not.toBe(before);
    await world.ask('/desk', "There is nothing to continue in session 'web2' yet.");
    await world.ask('[[say anew]]', 'anew');
    expect(world.simulator.anthropic.requests.at(-1)?.userTexts).toEqual(['[[say anew]]']);
  });
});

describe('a name', () => {
  it('given by /rename goes with the session wherever it is talked to, and the old one is free', async () => {
    await world.newSession('web3');
    await world.ask('I am blue [[say noted]]', 'noted');
    world.telegram.sayBatch([
      { from: ANN.id, text: '[[wait 1500]][[say before]]' },
      { from: ANN.id, text: '/rename site3' },
      { from: ANN.id, text: '[[say after]]' },
    ]);
    await world.shows('after');
    const shown = world.texts();
    expect(shown.indexOf('before')).toBeLessThan(shown.indexOf("Session 'web3' is called 'site3' now."));
    expect(shown.indexOf("Session 'web3' is called 'site3' now.")).toBeLessThan(shown.indexOf('after'));
    expect(await world.metadata('site3')).toMatchObject({ name: 'site3' });
    await world.ask('[[recall]]', /I am blue/);
    await world.ask('/session web3', "Session 'web3' is called 'site3' now. Use /session site3 to switch to it.");
    await world.newSession('web3');
    await world.ask('[[say fresh]]', 'fresh');
    expect(world.simulator.anthropic.requests.at(-1)?.userTexts).toEqual(['[[say fresh]]']);
    await world.ask('/rename site3', "Session 'site3' already exists. Use /session site3 to switch to it.");
  });

  it('deleted with its button is free, and an old button deletes no later session of that name', async () => {
    await world.newSession('web4');
    const asked = await world.ask('/delete web4', /^Delete session 'web4' with all files/);
    const [command = ''] = /\/delete web4 \w+/.exec(asked.text) ?? [];
    press(world, asked, 'Delete');
    await world.shows("Session 'web4' is deleted.");
    expect(existsSync(join(world.dir, 'sessions/web4'))).toBe(false);
    await world.ask('hello?', 'No active session. Use /new <name> to start one.');
    await world.newSession('web4');
    await world.ask(command, /^Nothing was deleted: that was about an earlier session 'web4'/);
    expect(existsSync(join(world.dir, 'sessions/web4'))).toBe(true);
  });
});
