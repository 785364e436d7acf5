import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseName } from '@signalbox/contracts';
import { type Persona, personaSchema } from './persona.ts';

/** A persona file that cannot be used, and why. */
interface PersonaProblem {
  readonly file: string;
  readonly problem: string;
}

/** The library of personas: `<dir>/<name>.json`. Read on demand, so that a file that was edited counts at once. */
export interface PersonaLibrary {
  /** The persona of that name; `undefined` if there is none that can be used. */
  read(name: string): Promise<Persona | undefined>;
  /** All usable personas by name, and what is wrong with the others. Throws if the directory cannot be read. */
  list(): Promise<{ personas: Persona[]; problems: PersonaProblem[] }>;
}

/** Opens the directory of personas; a file in it that cannot be used harms no other. */
export function openPersonaLibrary(dir: string): PersonaLibrary {
  const list = async () => {
    const files = (await readdir(dir)).filter((file) => file.endsWith('.json')).sort();
    const personas: Persona[] = [];
    const problems: PersonaProblem[] = [];
    for (const file of files) {
      const result = await readPersona(dir, file);
      if ('problem' in result) problems.push({ file, problem: result.problem });
      else personas.push(result);
    }
    return { personas, problems };
  };
  return {
    list,
    async read(name) {
      if (parseName(name) !== name) return undefined;
      const result = await readPersona(dir, `${name}.json`);
      return 'problem' in result ? undefined : result;
    },
  };
}

async function readPersona(dir: string, file: string): Promise<Persona | { problem: string }> {
  try {
    const result = personaSchema.safeParse(JSON.parse(await readFile(join(dir, file), 'utf8')));
    if (!result.success)
      return { problem: result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') };
    if (`${result.data.name}.json` !== file)
      return { problem: `its name is "${result.data.name}", so it must be ${result.data.name}.json` };
    return result.data;
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'it is not JSON' : (error as Error).message };
  }
}
