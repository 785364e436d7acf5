import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pathsIn } from '../support/files.ts';
import { startWorld, type World } from '../support/world.ts';

/** Says what stands in the file that it is given, unless told to fail. */
const COMMAND = `#!/bin/sh
grep -q FAIL "$2" && { echo "no such model" >&2; exit 3; }
test "$1" = "two words" && cat "$2"
`;

let world: World;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'signalbox-voice-'));
  const command = join(dir, 'transcribe it');
  await writeFile(command, COMMAND, { mode: 0o755 });
  world = await startWorld({ env: { TRANSCRIBE_COMMAND: `"${command}" 'two words'` } });
  await world.ask('/new web', "Session 'web' created.");
});
afterAll(async () => {
  await world.stop();
  await rm(dir, { recursive: true });
});
beforeEach(() => world.simulator.anthropic.reset());

const lastText = () => world.simulator.anthropic.turns().at(-1)?.lastUserText ?? '';
const speak = (words: string, more: object = {}) =>
  world.telegram.sendFile({ from: ANN.id, name: 'voice.ogg', data: Buffer.from(words), as: 'voice', ...more });

describe('a voice message, with TRANSCRIBE_COMMAND', () => {
  it('is shown as what was said, answering it, and reaches Claude as transcribed speech', async () => {
    const { message } = speak('buy milk [[say bought]]\n');
    await world.shows('bought');
    const heard = await world.shows('🎙 “buy milk [[say bought]]”');
    expect(heard.replyTo?.id).toBe(message.id);
    expect(lastText()).toMatch(/<transcribed-speech>\nbuy milk \[\[say bought\]\]\n<\/transcribed-speech>$/);
    expect(pathsIn(lastText())).toHaveLength(1);
  });

  it('that cannot be transcribed says why, and Claude has the recording', async () => {
    speak('FAIL', { caption: '[[say unheard]]' });
    await world.shows('unheard');
    await world.shows(/^⚠️ TRANSCRIBE_COMMAND could not turn .*: exit code 3: no such model/);
    expect(lastText()).not.toContain('transcribed-speech');
    expect(pathsIn(lastText())).toHaveLength(1);
  });
});
