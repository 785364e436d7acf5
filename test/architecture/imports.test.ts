import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, importedFile, importsIn, importsOf, root, sourcesOf } from './read-imports.ts';

/** Which projects each project may import. `docs/architecture.md` shows the same table; imports run downwards only. */
const ALLOWED: Record<string, readonly string[]> = {
  'apps/bot': ['contracts', 'queues', 'service'],
  'apps/worker': ['contracts', 'queues', 'service', 'sessions', 'claude', 'homelab'],
  'apps/dashboard': ['contracts', 'queues', 'service'],
  'apps/cli': ['contracts', 'queues', 'service', 'sessions', 'claude', 'homelab'],
  'apps/simulator': ['service', 'simulator'],
  'libs/contracts': [],
  'libs/service': [],
  'libs/queues': ['contracts'],
  'libs/sessions': ['contracts'],
  'libs/claude': [],
  'libs/homelab': [],
  'libs/simulator': [],
};

/** Packages that one project alone may know, because they are what it exists for. */
const OWNERS: Record<string, readonly string[]> = {
  bullmq: ['libs/queues'],
  telegraf: ['apps/bot'],
  ioredis: ['libs/queues', 'apps/bot'],
};

/** What may stand at the top of the repository. */
const TOP_LEVEL = new Set([
  ...['apps', 'libs', 'personas', 'sessions', 'test', 'docs', 'package.json', 'nx.json', 'docker-compose.yml'],
  ...['Dockerfile', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'package-lock.json'],
  ...['biome.json', 'tsconfig.base.json', 'vitest.base.ts', 'node_modules'],
]);

/** The imports that the table does not allow, in words. */
function violations(project: string, imports: readonly Import[]): string[] {
  return imports.flatMap(({ file, from }) => {
    const ours = /^@signalbox\/([^/]+)(\/.*)?$/.exec(from);
    if (ours && (ours[2] || !ALLOWED[project]?.includes(ours[1] ?? ''))) return [`${file} may not import ${from}`];
    const owners = OWNERS[from.split('/')[0] ?? ''];
    if (owners && !owners.includes(project))
      return [`${file} may not import ${from}: it belongs to ${owners.join(', ')}`];
    const leaves = importedFile({ file, from })?.startsWith(`${project}/`) === false;
    return leaves ? [`${file} may not reach into another project: ${from}`] : [];
  });
}

describe('the architecture', () => {
  it('has no project that the table does not name', async () => {
    const projects = (
      await Promise.all(
        ['apps', 'libs'].map(async (kind) => (await readdir(join(root, kind))).map((name) => `${kind}/${name}`)),
      )
    ).flat();
    expect(projects.filter((project) => !(project in ALLOWED))).toEqual([]);
  });

  it.each(Object.keys(ALLOWED))('%s imports only what it may', async (project) => {
    expect(violations(project, await importsOf(project))).toEqual([]);
  });

  it.each(Object.keys(ALLOWED))(
    '%s has test helpers that import only what it may and its development dependencies, and that only tests use',
    async (project) => {
      const own = await readFile(join(root, project, 'package.json'), 'utf8');
      const { devDependencies = {} } = JSON.parse(own) as { devDependencies?: Record<string, string> };
      const helpers = (await importsOf(project, 'testing')).filter(({ from }) => !(from in devDependencies));
      expect(violations(project, helpers)).toEqual([]);
      const users = (await importsOf(project)).filter((each) => importedFile(each)?.startsWith(`${project}/testing/`));
      expect(users).toEqual([]);
    },
  );

  it('is checked by something that sees a forbidden import', () => {
    const text = `import { x } from '@signalbox/claude';\nexport * from "@signalbox/queues/src/keys.ts";\nawait import('bullmq');\nimport '../../worker/src/words.ts';`;
    expect(violations('apps/bot', importsIn('apps/bot/src/a.ts', text))).toHaveLength(4);
    const allowed = `import { x } from '@signalbox/queues';\nimport './b.ts';\nimport { Redis } from 'ioredis';`;
    expect(violations('apps/bot', importsIn('apps/bot/src/a.ts', allowed))).toEqual([]);
  });

  it('keeps the top level as it is agreed', async () => {
    const entries = (await readdir(root)).filter((name) => !name.startsWith('.'));
    expect(entries.filter((name) => !TOP_LEVEL.has(name))).toEqual([]);
  });

  it('reads the environment in one place', async () => {
    const files = (await Promise.all(Object.keys(ALLOWED).map((project) => sourcesOf(project)))).flat();
    const readers = await Promise.all(
      files.map(async (file) => ((await readFile(join(root, file), 'utf8')).includes('process.env') ? [file] : [])),
    );
    expect(readers.flat()).toEqual(['libs/service/src/environment/process-environment.ts']);
  });
});
