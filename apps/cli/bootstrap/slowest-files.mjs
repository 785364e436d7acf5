import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from './say.mjs';

const SHOWN = 10;

/** Runs tests of several projects, and says at the end, also when they fail, which files took longest. See `test/support/slowest-files.ts`. */
export function tellSlowestFiles(runTests) {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-times-'));
  const notes = join(dir, 'times');
  process.on('exit', () => {
    tell(notes);
    rmSync(dir, { recursive: true, force: true });
  });
  runTests({ TEST_TIMES: notes });
}

function tell(notes) {
  const slowest = read(notes)
    .toSorted(([a], [b]) => b - a)
    .slice(0, SHOWN);
  if (slowest.length === 0) return;
  say('The slowest test files (what came from the cache was not run):');
  for (const [ms, file] of slowest) process.stdout.write(`${(ms / 1_000).toFixed(1).padStart(7)} s  ${file}\n`);
}

/** Pairs of ms and file. */
function read(notes) {
  try {
    const lines = readFileSync(notes, 'utf8').trimEnd().split('\n');
    return lines.map((line) => [Number.parseInt(line, 10), line.slice(line.indexOf(' ') + 1)]);
  } catch {
    return [];
  }
}
