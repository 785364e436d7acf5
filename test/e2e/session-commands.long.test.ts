import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN, GROUP_ID } from '@signalbox/simulator';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { BYPASS, bash } from '../support/directives.ts';
import { press } from '../support/press.ts';
import { openWorld, useWorld } from '../support/use-world.ts';

const world = useWorld({ env: BYPASS });

/** Asks again and again until the answer matches: what Claude writes down of a turn comes a moment after it is done. */
async function says(text: string, expected: RegExp) {
  for (;;) {
    const answer = await world.ask(text, /./);
    if (expected.test(answer.text)) return answer;
  }
}
/** Resolves when a tool of the session has written this file. */
const appears = (path: string) => expect.poll(() => existsSync(path)).toBe(true);

describe('settings of a session', () => {
  it('cut no background task off: they count from the first turn after it', async () => {
    await world.newSession('web5');
    const flag = join(world.dir, 'flag5');
    const task = bash(`while [ ! -e ${flag} ]; do sleep 0.1; done`, { run_in_background: true });
    await world.ask(`${task}[[say started]]`, 'started');
    await world.ask('/model claude-haiku-5-5', /^Model: claude-haiku-5-5/);
    const model = () => world.simulator.anthropic.turns().at(-1)?.model;
    await world.ask('[[say meanwhile]]', 'meanwhile');
    expect(model()).not.toBe('claude-haiku-5-5');
    await writeFile(flag, '');
    await world.shows(/a background task has ended/);
    // The end of the task's own turn is told a moment after its words.
    await expect.poll(async () => (await world.metadata('web5')).background).toBe('none');
    await world.ask('[[say after]]', 'after');
    expect(model()).toBe('claude-haiku-5-5');
    expect(world.texts().filter((text) => text.includes('cut off'))).toEqual([]);
  });

  it('are chosen by buttons, which do what typing does', async () => {
    await world.newSession('web6');
    const menu = await world.ask('/model', /^Model: default/);
    press(world, menu, 'opus');
    await world.shows(/^Model: opus/);
    const again = await world.ask('/model', /^Model: opus\n/);
    expect(again.buttons.flat().map(({ text }) => text)).toEqual(['✓ opus', 'sonnet', 'haiku', 'default']);
    await world.ask('/model default', /^Model: default/);
    await world.ask(
      '/effort immense',
      /^Usage: \/effort \[low\|medium\|high\|xhigh\|max\|default\]\nExample: \/effort high$/,
    );
    await world.ask('/timeout 121', /^Usage: \/timeout/);
  });
});

describe('the conversation', () => {
  it('stays as it was when /compact is stopped, whatever Claude is at', async () => {
    await world.newSession('web7');
    const { message } = world.say('I am blue [[say noted]]');
    // The turn ends after its answer is shown.
    await world.telegram.waitFor(() => world.reaction(message) === '👌');
    // A Claude that answers nothing any more.
    const pid = (await world.metadata('web7')).pid as number;
    process.kill(pid, 'SIGSTOP');
    world.say('/compact');
    const { waiting } = world.closeAtEnd(await world.openQueues());
    const isCompact = (data: unknown) => (data as { kind?: string }).kind === 'compact';
    const at = async () => {
      const jobs = await waiting.list('session-web7', 5);
      return jobs.some(({ data, hasBegun }) => hasBegun && isCompact(data)) ? 'it has begun' : world.texts().at(-1);
    };
    await expect.poll(at, { interval: 50 }).toBe('it has begun');
    await world.ask('/stop', '⏹ Stopped.');
    // It was ended, unless the stop came before it was told anything.
    await execa('kill', ['-CONT', String(pid)], { reject: false });
    await world.ask('[[recall]]', /I am blue/);
    expect(world.simulator.anthropic.requests.at(-1)?.userTexts).toEqual(['I am blue [[say noted]]', '[[recall]]']);
  });

  it('is gone on with in a copy by /fork, from where it was then; each goes its own way', async () => {
    await world.newSession('web8');
    await world.ask(`I am blue ${bash('echo one > file.txt')}[[say noted]]`, 'noted');
    await world.ask('/fork web8-2', /^Session 'web8-2' goes on from a copy of 'web8'\./);
    const desk = await world.ask('/desk', /claude .*--resume/);
    expect(desk.text).toContain(`--resume ${(await world.metadata('web8-2')).claudeSessionId}`);
    await world.ask('/session web8', "Switched to session 'web8'.");
    await world.ask('only in the first [[say yes]]', 'yes');
    await world.ask('/session web8-2', "Switched to session 'web8-2'.");
    await world.ask(`only in the copy ${bash('echo two >> file.txt')}[[say copied]]`, 'copied');
    const texts = world.simulator.anthropic.requests.at(-1)?.userTexts ?? [];
    expect(texts.map((text) => text.slice(0, 9))).toEqual(['I am blue', 'only in t']);
    expect(texts[1]).toContain('the copy');
    const file = (session: string) => readFile(join(world.dir, 'sessions', session, 'workspace/file.txt'), 'utf8');
    expect([await file('web8'), await file('web8-2')]).toEqual(['one\n', 'one\ntwo\n']);
  });
});

describe('a session in a directory', () => {
  it('works there if it lies below one of WORKSPACE_ROOTS, and says why not otherwise', async () => {
    const world = await openWorld({ apps: ['bot'] });
    const roots = join(world.dir, 'projects');
    await mkdir(join(roots, 'site'), { recursive: true });
    await world.startAll(['worker'], { ...BYPASS, WORKSPACE_ROOTS: roots });
    await world.ask('/new web ./site', "Session 'web' created.");
    await world.ask(`${bash('pwd > here.txt')}[[say done]]`, 'done');
    expect(await readFile(join(roots, 'site/here.txt'), 'utf8')).toBe(`${roots}/site\n`);
    await world.ask(
      '/desk',
      new RegExp(
        `^cd ${roots}/site && CLAUDE_CONFIG_DIR=\\S+ /\\S+/claude --settings '\\{"cleanupPeriodDays":3650\\}' --resume [0-9a-f-]{36}\n`,
      ),
    );
    await world.ask('/new other /etc', /could not be created: \/etc does not lie below one of the directories/);
    await world.ask('/new other ./nowhere', /could not be created: \.\/nowhere is no directory here/);
    await world.ask('/session web', "Switched to session 'web'.");
    const asked = await world.ask('/delete web', /^Delete session 'web'/);
    press(world, asked, 'Delete');
    await world.shows(`Session 'web' is deleted. The files in ${roots}/site are untouched.`);
    expect(existsSync(join(roots, 'site/here.txt'))).toBe(true);
  });
});

describe('a name', () => {
  it('that has to wait for a turn lets that turn be asked about and stopped', async () => {
    await world.newSession('web10');
    const flag = join(world.dir, 'flag10');
    world.telegram.say({ from: ANN.id, text: `${bash(`touch ${flag}; sleep 600`)}[[say never]]` });
    await appears(flag);
    world.telegram.sayBatch([
      { from: ANN.id, text: '/rename site10' },
      { from: ANN.id, text: '[[say after]]' },
    ]);
    await world.ask(
      '/queue',
      /^Queue of session 'site10':\n▶️ \[\[tool Bash .*\n1\. ⚙️ Rename the session to 'site10'\n2\. \[\[say after\]\]$/,
    );
    await world.ask('/mode plan', /^Permissions: plan/);
    await world.ask('/stop', '⏹ Stopped.');
    await world.shows('after');
    expect(world.texts()).toContain("Session 'web10' is called 'site10' now.");
    await world.ask('/mode', /^Permissions: plan/);
  });

  it('is put away by /archive and brought back by /restore; the list counts it', async () => {
    const world = await openWorld();
    await world.newSession('web');
    await world.ask('I am blue [[say noted]]', 'noted');
    await world.ask('/archive', "Session 'web' is archived. Use /restore web to bring it back.");
    expect(await world.claudes()).toEqual([]);
    await world.ask('hello?', 'No active session. Use /new <name> to start one.');
    await world.ask('/sessions', 'No sessions yet. Use /new <name> to start one.\n1 archived: /sessions all');
    const list = await world.ask('/sessions all', /^📦 web\n/);
    press(world, list, '📦 web');
    await world.shows("Session 'web' is back. Just write.");
    await world.ask('[[recall]]', /I am blue/);
    await world.ask('/restore web', "Session 'web' is not archived. Use /session web to switch to it.");
  });
});

describe('what a session tells of itself', () => {
  it('while a tool runs: the tool’s last lines, its use, and the conversation as a file', async () => {
    await world.newSession('web12');
    await world.ask('/log', "No tool runs in session 'web12' now.");
    await world.ask('/export', "There is nothing in session 'web12' yet.");
    await world.ask('/desk', "There is nothing to continue in session 'web12' yet.");
    await world.ask('hello *there* [[say Hello!]]', 'Hello!');
    const flag = join(world.dir, 'flag12');
    const command = `seq 1 60; touch ${flag}; while [ -e ${flag} ]; do sleep 0.1; done`;
    world.say(`${bash(command)}[[say first]]`);
    await appears(flag);
    const log = await says('/log', /^⚙️ Bash runs for \d+ s:\n\nseq 1 60; touch /);
    expect(log.text).toMatch(/Printed in \d+ s:\n\n36\n[\s\S]*\n60$/);
    await world.ask(
      '/usage',
      /^Session 'web12'\nContext: [\d.]+k of 1M \(1 %\)\nToday: 1 turn · [\d.]+k in, \d+ out · \$0\.\d\d\n/,
    );
    const sent = await world.ask('/export', "The conversation of session 'web12'.");
    const file = Buffer.from(world.telegram.fileData(sent.file?.fileId ?? '')).toString('utf8');
    expect(file).toMatch(/^# web12\n[\s\S]*## You · .* UTC\n\nhello \*there\* [\s\S]*## Claude · .* UTC\n\nHello!\n/);
    expect(file).toContain('Bash:\n\n```\nseq 1 60;');
    await rm(flag);
    await world.shows('first');
  });

  it('in a group is asked for with the bot’s name', async () => {
    const say = (text: string) => world.say(text, { chat: GROUP_ID });
    const name = world.telegram.me?.username ?? '';
    say(`/new@${name} web13`);
    await world.shows("Session 'web13' created.", GROUP_ID);
    for (const [command, answer] of [
      ['session', /^Session 'web13'\n\w+, last used/],
      ['usage', /^Session 'web13'\nToday: nothing/],
      ['personas', /^brainstorm – /],
      ['verbose', /^Output: verbose/],
      ['clear', /^A new conversation/],
    ] as const) {
      say(`/${command}@${name}`);
      await world.shows(answer, GROUP_ID);
    }
    expect(world.telegram.commandsFor(GROUP_ID, ANN.id).map(({ command }) => command)).toContain('rename');
  });
});

describe('a message', () => {
  it('that replies to an older answer of another session goes there, and says so', async () => {
    await world.newSession('web14');
    const answer = await world.ask('I am blue [[say noted]]', 'noted');
    await world.newSession('other14');
    world.telegram.say({ from: ANN.id, text: '[[recall]]', replyTo: answer.id });
    await world.shows("→ session 'web14'");
    await world.shows(/I am blue/);
    await world.ask('[[say here]]', 'here');
    expect(world.simulator.anthropic.requests.at(-1)?.userTexts).toEqual(['[[say here]]']);
  });
});
