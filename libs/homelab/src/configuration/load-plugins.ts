import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Integration } from '../contract/integration.ts';
import { exported, shapeProblems } from './plugin-schema.ts';

/** What is taken already, and may not be a plugin's. */
export interface Taken {
  /** Of commands: the chat's own, and the integrations that Signalbox brings along. */
  readonly commands: readonly string[];
  /** Signalbox's own variables: a plugin gets to see none of them. */
  readonly variables: readonly string[];
}

/** What came of loading: a module with a problem gives no integration, and each problem is a sentence that names it. */
interface Plugins {
  readonly integrations: readonly Integration[];
  readonly problems: readonly string[];
}

/** Splits HOMELAB_PLUGINS. */
export function pluginNames(list: string | undefined): string[] {
  return (list ?? '').split(',').flatMap((each) => each.trim() || []);
}

/**
 * Loads the modules of HOMELAB_PLUGINS: paths (those that begin with a dot are relative to `dir`), or names of installed packages. Each
 * has as its default export one integration or a list. Never rejects.
 */
export async function loadPlugins(modules: readonly string[], dir: string, taken: Taken): Promise<Plugins> {
  const loaded = await Promise.all(modules.map((module) => load(module, dir)));
  const integrations: Integration[] = [];
  const problems: string[] = [];
  const owners = new Map(taken.commands.map((name) => [name, 'Signalbox']));
  for (const { module, values, problem } of loaded) {
    if (problem !== undefined) problems.push(problem);
    for (const value of values) {
      const wrong = shapeProblems(value);
      const integration = value as Integration;
      const clashes = wrong.length > 0 ? [] : findClashes(integration, owners, taken.variables);
      problems.push(...[...wrong, ...clashes].map((phrase) => sentence(module, phrase)));
      if (wrong.length + clashes.length > 0) continue;
      owners.set(integration.name, module);
      integrations.push(integration);
    }
  }
  return { integrations, problems };
}

interface Loaded {
  readonly module: string;
  readonly values: readonly unknown[];
  readonly problem?: string;
}

async function load(module: string, dir: string): Promise<Loaded> {
  const at = /^[./]/.test(module) ? pathToFileURL(resolve(dir, module)).href : module;
  try {
    const found = (await import(/* @vite-ignore */ at)) as { default?: unknown };
    if (found.default !== undefined) return { module, values: exported(found) };
    return { module, values: [], problem: sentence(module, 'it has no default export') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ERR_MODULE_NOT_FOUND' ? firstLine(message) : `it fails when it is loaded: ${firstLine(message)}`;
    return { module, values: [], problem: sentence(module, reason) };
  }
}

function findClashes(
  { name, variables }: Integration,
  owners: ReadonlyMap<string, string>,
  ours: readonly string[],
): string[] {
  const owner = owners.get(name);
  const taken = Object.keys(variables).filter((variable) => ours.includes(variable));
  return [
    ...(owner === undefined
      ? []
      : [
          `the command /${name} is ${owner === 'Signalbox' ? "Signalbox's own" : `that of "${owner}"`}. Give it another name`,
        ]),
    ...taken.map((variable) => `the variable ${variable} is Signalbox's own. Give it another name`),
  ];
}

function sentence(module: string, phrase: string): string {
  return `HOMELAB_PLUGINS: "${module}" cannot be used: ${phrase}. Mend the module, or take it out of the list.`;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/\.$/, '');
}
