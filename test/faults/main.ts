import { randomInt } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMachine } from '../bench/describe-machine.ts';
import { breakOffOnSignals, Cleanup } from '../support/cleanup.ts';
import { describeViolation } from './describe-violation.ts';
import { faults } from './faults.ts';
import { type FaultOptions, readOptions } from './read-options.ts';
import { withFigures } from './reliability-page.ts';
import { type RunRecord, renderFigures } from './render-figures.ts';
import { type RunResult, runFaults } from './run-faults.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RECORD = new URL('recorded/long-run.json', import.meta.url);
const PAGE = new URL('../../docs/reliability.md', import.meta.url);
/** The size of a run. */
const SIZE = {
  people: 20,
  topics: 4,
  workers: 3,
  bots: 2,
  thinkMs: 8_000,
  betweenMs: { least: 1_000, most: 4_500 },
  answersWithinMs: 240_000,
};
/** How many broken promises are told at length. */
const MOST_TOLD = 20;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(args: readonly string[], options: FaultOptions): Promise<void> {
  if (process.platform !== 'linux') throw new Error('The fault harness needs Linux: it counts processes in /proc.');
  const { seed, minutes, only } = options;
  const dir = join(ROOT, '.signalbox/faults', `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-seed-${seed}`);
  await mkdir(dir, { recursive: true });
  say(`Seed ${seed}; ${minutes} minutes of ${only ?? 'all faults'}. History and logs: ${relative(ROOT, dir)}`);
  const machine = Object.fromEntries(await describeMachine());
  const cleanup = new Cleanup();
  breakOffOnSignals(cleanup, say);
  const chosen = faults.filter(({ name }) => only === undefined || only === name);
  const onUndo = (undo: () => Promise<unknown>) => cleanup.add(undo);
  const brokenForMs = minutes * 60_000;
  const result = await runFaults({ ...SIZE, seed, brokenForMs, faults: chosen, dir, say, onUndo }).finally(() =>
    cleanup.run(),
  );
  const command = ['npm run faults', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
  const record = { date: new Date().toISOString(), command, seed, minutes, machine, figures: result.figures };
  await report(result, record, dir, options);
}

async function report(result: RunResult, record: RunRecord, dir: string, options: FaultOptions): Promise<void> {
  say(`\n${renderFigures(record)}\n`);
  if (options.record) {
    await writeFile(RECORD, `${JSON.stringify(record, null, 2)}\n`);
    await writeFile(PAGE, withFigures(await readFile(PAGE, 'utf8'), record));
    say('Written to test/faults/recorded/long-run.json and docs/reliability.md');
  }
  for (const violation of result.violations.slice(0, MOST_TOLD))
    say(`${describeViolation(violation, result.events)}\n`);
  const count = result.violations.length;
  if (count === 0 && !options.keep) return rm(dir, { recursive: true });
  say(`${count} broken promises with seed ${record.seed}. History and logs: ${relative(ROOT, dir)}`);
  if (count > 0) process.exitCode = 1;
}

function fail(told: string | undefined): void {
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
}

const args = process.argv.slice(2);
const names = faults.map(({ name }) => name);
try {
  const options = readOptions(args, names, randomInt(1_000_000));
  // What goes wrong here is the harness's own fault: its stack tells where.
  await main(args, options).catch((error: Error) => fail(error.stack));
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
