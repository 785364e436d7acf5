import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure } from './configure.ts';
import { loadPlugins, pluginNames } from './load-plugins.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/ntfy.mjs', import.meta.url));
const taken = { commands: ['help', 'kuma'], variables: ['REDIS_URL'] };

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-plugins-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const whole = {
  name: "'lamp'",
  usage: "'/lamp'",
  description: "'Whether the light is on'",
  variables: "{ LAMP_URL: { expected: 'an address', meaning: 'Where it is.' } }",
  config: '{ safeParse: (data) => ({ success: true, data }) }',
  timeoutMs: '1000',
  run: "async () => ({ level: 'ok', title: 'on', lines: [] })",
  summary: '({ title }) => title',
  check: 'async () => undefined',
};

/** Writes a module whose default export is an integration with these parts, as source. */
function write(file: string, parts: Partial<typeof whole> = {}): string {
  const source = Object.entries({ ...whole, ...parts }).map(([name, text]) => `${name}: ${text}`);
  return writeText(file, `export default { ${source.join(',\n')} };`);
}

function writeText(file: string, text: string): string {
  writeFileSync(join(dir, file), text);
  return `./${file}`;
}

const load = (...modules: string[]) => loadPlugins(modules, dir, taken);

describe('HOMELAB_PLUGINS', () => {
  it.each([
    [undefined, []],
    ['', []],
    [' ./a.mjs, pkg ,,', ['./a.mjs', 'pkg']],
  ])('%j names %j', (list, names) => {
    expect(pluginNames(list)).toEqual(names);
  });
});

describe('a plugin', () => {
  it('of the docs is an integration', async () => {
    const { integrations, problems } = await load(EXAMPLE);
    expect(problems).toEqual([]);
    expect(integrations.map(({ name }) => name)).toEqual(['ntfy']);
    const [ntfy] = integrations;
    expect(ntfy && configure(ntfy, { NTFY_URL: 'https://ntfy.home' })).toMatchObject({ state: 'configured' });
  });

  it('may be several, as a list', async () => {
    const one = write('one.mjs');
    writeText(
      'list.mjs',
      `import one from '${one}';\nexport default [one, { ...one, name: 'lamp2', usage: '/lamp2' }];`,
    );
    expect((await load('./list.mjs')).integrations.map(({ name }) => name)).toEqual(['lamp', 'lamp2']);
  });

  it.each([
    ['name', "'Lamp one'", /name: expected 1 to 32 of a-z/],
    ['usage', "'/other'", /usage: expected a line that begins with the slash and the name/],
    ['description', `'${'x'.repeat(257)}'`, /description: /],
    ['variables', "{ 'lamp-url': { expected: 'x', meaning: 'y' } }", /variables/],
    ['config', '{}', /config: expected a zod schema/],
    ['timeoutMs', '20001', /timeoutMs: /],
    ['run', 'undefined', /run: expected a function/],
    ['variables', "{ REDIS_URL: { expected: 'x', meaning: 'y' } }", /variable REDIS_URL is Signalbox's own/],
  ])('with %s = %s is refused with a sentence that names the module', async (part, source, problem) => {
    const module = write(`bad-${Math.random()}.mjs`, { [part]: source });
    const { integrations, problems } = await load(module);
    expect(integrations).toEqual([]);
    expect(problems.join('\n')).toMatch(problem);
    for (const each of problems) expect(each).toContain(`HOMELAB_PLUGINS: "${module}" cannot be used: `);
  });

  it.each([
    ['a command of the chat', "'help'", "'/help'", /the command \/help is Signalbox's own/],
    ['an integration that is there', "'kuma'", "'/kuma'", /the command \/kuma is Signalbox's own/],
  ])('with the name of %s is refused', async (_what, name, usage, problem) => {
    expect((await load(write(`clash-${name}.mjs`, { name, usage }))).problems.join()).toMatch(problem);
  });

  it('with the name of another plugin is refused, and the other stays', async () => {
    const { integrations, problems } = await load(write('first.mjs'), write('second.mjs'));
    expect(integrations).toHaveLength(1);
    expect(problems.join()).toMatch(/"\.\/second\.mjs" cannot be used: the command \/lamp is that of "\.\/first\.mjs"/);
  });

  it.each([
    ['is not there', 'export default 1', './nowhere.mjs', /Cannot find|does not exist|Failed to load/],
    ['has no default export', 'export const x = 1;', './none.mjs', /no default export/],
    ['fails', "throw new Error('no light');", './fails.mjs', /fails when it is loaded: no light/],
  ])('that %s is refused, and the others are loaded', async (_what, text, module, problem) => {
    if (module !== './nowhere.mjs') writeText(module.slice(2), text);
    const { integrations, problems } = await load(module, write('well.mjs'));
    expect(integrations).toHaveLength(1);
    expect(problems.join()).toMatch(problem);
  });
});
