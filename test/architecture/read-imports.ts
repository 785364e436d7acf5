import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** One import of a file: `from` as it is written. Files are named from the repository's top. */
export interface Import {
  readonly file: string;
  readonly from: string;
}

/** The source files below `folder` of a project, tests left out; none if it has no such folder. */
export async function sourcesOf(project: string, folder = 'src'): Promise<string[]> {
  const files = await readdir(join(root, project, folder), { recursive: true }).catch(() => []);
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(project, folder, file));
}

/** Every import of the source files below `folder` of a project. */
export async function importsOf(project: string, folder = 'src'): Promise<Import[]> {
  const files = await sourcesOf(project, folder);
  const found = await Promise.all(files.map(async (file) => importsIn(file, await readFile(join(root, file), 'utf8'))));
  return found.flat();
}

/** Every module that a text imports, re-exports or loads. */
export function importsIn(file: string, text: string): Import[] {
  const specifiers = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)(['"])([^'"]+)\1/g);
  return [...specifiers].map(([, , from = '']) => ({ file, from }));
}

/** The file of the same repository that an import names; `undefined` for a package. */
export function importedFile({ file, from }: Import): string | undefined {
  return from.startsWith('.') ? join(file, '..', from) : undefined;
}
