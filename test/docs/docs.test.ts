import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createIntegrations } from '@signalbox/homelab';
import { variables } from '@signalbox/service';
import { describe, expect, it } from 'vitest';
import { withContents } from './contents.ts';
import { renderConfiguration, renderEnvExample } from './render-configuration.ts';
import { renderHomelab } from './render-homelab.ts';
import { renderRedis } from './render-redis.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the docs', () => {
  it('list the variables, the homelab’s commands and the keys in Redis as the code has them (update: npx vitest run docs -u, in test/)', async () => {
    const integrations = createIntegrations();
    await expect(renderEnvExample(variables, integrations)).toMatchFileSnapshot(join(root, '.env.example'));
    await expect(withContents(renderConfiguration(variables))).toMatchFileSnapshot(join(root, 'docs/configuration.md'));
    const plugin = await readFile(join(root, 'libs/homelab/examples/ntfy.mjs'), 'utf8');
    await expect(withContents(renderHomelab(integrations, plugin))).toMatchFileSnapshot(join(root, 'docs/homelab.md'));
    await expect(withContents(renderRedis())).toMatchFileSnapshot(join(root, 'docs/redis.md'));
  });

  it('begin with what is in them where they are long (test/docs/contents.ts makes the line)', async () => {
    for (const file of await markdownBelow('docs')) {
      const page = await readFile(join(root, file), 'utf8');
      expect(page, file).toBe(withContents(page));
    }
  });

  it('link to nothing that is not there', async () => {
    const files = ['README.md', 'CONTRIBUTING.md', ...(await markdownBelow('docs')), 'libs/simulator/README.md'];
    const broken = await Promise.all(files.map(brokenLinks));
    expect(broken.flat()).toEqual([]);
  });

  it('name for each invariant a test that exists', async () => {
    const page = await readFile(join(root, 'docs/invariants.md'), 'utf8');
    const named = testsNamedIn(page);
    for (const id of ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10']) expect(page).toContain(`## ${id}`);
    expect(named.length).toBeGreaterThanOrEqual(10);
    for (const { file, title } of named) {
      const source = await readFile(join(root, file), 'utf8');
      expect(source, `${file} has no test “${title}”`).toContain(title);
    }
  });

  it('name for each invariant a test of the whole that is none of the long ones', async () => {
    const page = await readFile(join(root, 'docs/invariants.md'), 'utf8');
    const isOfTheWhole = ({ file }: NamedTest) => /^test\/(e2e|faults)\//.test(file) && !file.endsWith('.long.test.ts');
    const sections = page.split(/^## /m).slice(1);
    expect(sections.filter((section) => !testsNamedIn(section).some(isOfTheWhole))).toEqual([]);
  });
});

interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** The tests that a page names as `file` › “title”. */
function testsNamedIn(page: string): NamedTest[] {
  const named = page.matchAll(/`((?:test|libs|apps)\/[^`]+\.test\.ts)` › “([^”]+)”/g);
  return [...named].map(([, file = '', title = '']) => ({ file, title }));
}

async function markdownBelow(dir: string): Promise<string[]> {
  const files = await readdir(join(root, dir), { recursive: true });
  return files.filter((file) => file.endsWith('.md')).map((file) => join(dir, file));
}

async function brokenLinks(file: string): Promise<string[]> {
  const text = await readFile(join(root, file), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  const local = targets.filter((target) => !/^[a-z]+:/.test(target));
  const checked = await Promise.all(
    local.map((target) =>
      stat(join(root, dirname(file), target)).then(
        () => [],
        () => [`${file}: ${target}`],
      ),
    ),
  );
  return checked.flat();
}
