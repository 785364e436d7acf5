import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { pathsIn } from '../support/files.ts';
import { useWorld } from '../support/use-world.ts';

/** Says what stands in the file that it is given, unless told to fail. */
const COMMAND = `#!/bin/sh
grep -q FAIL "$2" && { echo "no such model" >&2; exit 3; }
test "$1" = "two words" && cat "$2"
`;

const env = (dir: string) => ({ TRANSCRIBE_COMMAND: `"${join(dir, 'transcribe it')}" 'two words'` });
const world = useWorld({ env }, async ({ dir }) => {
  await writeFile(join(dir, 'transcribe it'), COMMAND, { mode: 0o755 });
  await world.newSession('web');
});

const lastText = () => world.asked().at(-1) ?? '';
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
