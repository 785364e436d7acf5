import { writeFile } from 'node:fs/promises';
import { breakOffOnSignals, Cleanup } from '../support/cleanup.ts';
import { describeLoad, describeMachine } from './describe-machine.ts';
import { measureAnswer } from './measure-answer.ts';
import { measureConnections } from './measure-connections.ts';
import { measureFirstSign } from './measure-first-sign.ts';
import { measureFlow } from './measure-flow.ts';
import { measureRenderingSpeed } from './measure-rendering.ts';
import { measureStdin } from './measure-stdin.ts';
import { performancePage } from './performance-page.ts';
import { printedRows } from './print-rows.ts';
import { type BenchOptions, readOptions } from './read-options.ts';
import type { Row } from './row.ts';

const PAGE = new URL('../../docs/performance.md', import.meta.url);

/** What can be measured, by the names that `--only` takes. */
const MEASUREMENTS: Record<string, (cleanup: Cleanup, pairs: number) => Promise<Row[]>> = {
  sign: measureFirstSign,
  answer: measureAnswer,
  stdin: measureStdin,
  connections: measureConnections,
  flow: measureFlow,
  rendering: measureRenderingSpeed,
};

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const options = readOptions(args, Object.keys(MEASUREMENTS));
  if (process.platform !== 'linux')
    throw new Error('The benchmark needs Linux: it reads how Claude was called from /proc.');
  const cleanup = new Cleanup();
  breakOffOnSignals(cleanup, say);
  const machine = await describeMachine();
  const loadBefore = describeLoad();
  const rows = await measureAll(options, cleanup);
  const load = `${loadBefore} before, ${describeLoad()} after (1-minute average)`;
  say(`\n${printedRows(rows)}\n`);
  if (!options.write) return;
  const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
  const surroundings = [...machine, ['Load', load] as const];
  await writeFile(PAGE, performancePage({ rows, date: new Date(), command, pairs: options.pairs, surroundings }));
  say('Written to docs/performance.md');
}

async function measureAll({ pairs, only }: BenchOptions, cleanup: Cleanup): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (only !== undefined && only !== name) continue;
    const start = performance.now();
    process.stdout.write(`Measuring: ${name} … `);
    try {
      rows.push(...(await measure(cleanup, pairs)));
    } catch (error) {
      // What was broken off fails somewhere; the process ends when all is stopped.
      if (cleanup.isClosed) await new Promise(() => undefined);
      throw error;
    } finally {
      await cleanup.run();
    }
    say(`${Math.round((performance.now() - start) / 1_000)} s`);
  }
  return rows;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
