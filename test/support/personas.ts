import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own personas. */
export const library = fileURLToPath(new URL('../../personas', import.meta.url));

/** Writes a library of personas with the project's own and more, which have nothing but settings; gives back its directory. */
export function writePersonas(dir: string, more: Record<string, object>): string {
  cpSync(library, dir, { recursive: true });
  for (const [name, settings] of Object.entries(more)) {
    const persona = { name, description: `A persona of a test`, system_prompt: 'Be brief.', settings };
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(persona));
  }
  return dir;
}

/** The same in a directory of its own, to be removed at the end. */
export function makePersonas(more: Record<string, object>): { dir: string; remove(): void } {
  const dir = writePersonas(mkdtempSync(join(tmpdir(), 'signalbox-personas-')), more);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
