import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { press } from '../support/press.ts';
import type { World } from '../support/world.ts';

/** A moment in the chat that the docs show. */
export interface Scene {
  /** The picture's file name, without its ending. */
  readonly name: string;
  /** Brings the chat to the moment. */
  play(world: World): Promise<unknown>;
}

const bash = (command: string, description: string) => `[[tool Bash ${JSON.stringify({ command, description })}]]`;
const say = (world: World, text: string) => world.telegram.say({ from: ANN.id, text });

const ANSWER = `The backup of **nas** failed because its datastore is full.

1. \`prune\` runs, but garbage collection has not run since 2 November.
2. 214 GB can be freed.

\`\`\`bash
proxmox-backup-manager garbage-collection start nas
\`\`\`

It takes about 40 minutes. Backups may go on meanwhile, and the next one at 02:00 will have room again. `;

const PLAN = `# Move the photos to the new pool

1. Make a snapshot of \`tank/photos\`
2. Send it to \`fast/photos\`, and compare checksums
3. Point the share to the new place
4. Keep the old data for a week

Nothing is deleted before step 4.`;

const LONG = `${Array.from({ length: 160 }, (_, night) => `- night ${night + 1}: backup of all guests done, nothing to worry about, 12 guests in 41 minutes`).join('\n')}`;

export const scenes: readonly Scene[] = [
  {
    name: 'chat',
    async play(world) {
      await world.ask('Hello, who is there?', /simulated/i);
      await world.ask('/new ideas brainstorm', /created with persona/);
      await world.ask('/sessions', /Use \/session/);
    },
  },
  {
    name: 'streaming',
    async play(world) {
      const words = ANSWER.split(/(?<=\s)/);
      const half = words.slice(0, Math.floor(words.length * 0.62)).join('');
      // The pieces of one answer, as slowly as a model writes.
      say(world, `Why did last night's backup fail? [[say ${half}]][[hang]]`);
      await world.telegram.waitFor(() => /garbage/.test(world.telegram.draft(ANN.id)?.text ?? ''));
    },
  },
  {
    name: 'approval',
    async play(world) {
      say(
        world,
        `Free some space ${bash('proxmox-backup-manager garbage-collection start nas', 'Start the garbage collection')}`,
      );
      await world.shows(/Claude wants to run/);
    },
  },
  {
    name: 'question',
    async play(world) {
      const options = [
        { label: 'Photos', description: 'the largest, 1.2 TB' },
        { label: 'Documents', description: '40 GB' },
        { label: 'Virtual machines', description: '300 GB, every night' },
      ];
      const questions = [
        { question: 'What is to be copied off site?', header: 'Off site', options, multiSelect: true },
      ];
      say(world, `Set up an off-site copy [[tool AskUserQuestion ${JSON.stringify({ questions })}]]`);
      const asked = await world.shows(/off site/);
      press(world, asked, '☐ Documents');
      await world.telegram.waitFor(() => JSON.stringify(world.shown().at(-1)?.buttons).includes('☑ Documents'));
    },
  },
  {
    name: 'plan',
    async play(world) {
      await world.ask('/mode plan', /^Permissions: plan/);
      say(world, `How do we move the photos? [[tool ExitPlanMode ${JSON.stringify({ plan: PLAN })}]]`);
      await world.shows(/Move the photos/);
    },
  },
  {
    name: 'queue',
    async play(world) {
      say(world, `Check all disks ${bash('touch begun && tail -f begun', 'Check the disks')}`);
      press(world, await world.shows(/Claude wants to run/), '✅ Allow');
      for (const text of ['And the fans?', 'Then write a summary for Bob', 'Is there an update for the router?'])
        say(world, text);
      await world.ask('/queue', /Queue of session/);
    },
  },
  {
    name: 'sessions',
    async play(world) {
      await world.ask('[[say Hello.]]', 'Hello.');
      for (const [name, persona] of [
        ['garden', 'planner'],
        ['router', 'research'],
        ['ideas', 'brainstorm'],
      ])
        await world.ask(`/new ${name} ${persona}`, /created with persona/);
      await world.ask('/sessions', /Use \/session/);
    },
  },
  {
    name: 'long-answer',
    async play(world) {
      await mkdir(join(world.dir, 'sessions', 'web', 'workspace'), { recursive: true });
      await writeFile(join(world.dir, 'sessions', 'web', 'workspace', 'answer.md'), LONG);
      say(world, `How were the backups? ${bash('cat answer.md', 'Read the log')}[[results]]`);
      await world.telegram.waitFor(() => world.shown().find(({ file }) => file !== undefined));
    },
  },
];
