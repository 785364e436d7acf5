import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestModule } from 'vitest/node';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHOWN = 10;

interface Took {
  readonly file: string;
  readonly ms: number;
}

/**
 * Tells at the end of a run which test files took longest: where to look first when the tests have become slow. A run of several
 * projects names a file in TEST_TIMES; then each file is noted there, and whoever began the run tells of all of them.
 */
export default class SlowestFiles implements Reporter {
  readonly #notes = process.env.TEST_TIMES;
  readonly #took: Took[] = [];

  onTestModuleEnd(module: TestModule): void {
    const { duration, collectDuration } = module.diagnostic();
    const took = { file: relative(ROOT, module.moduleId), ms: duration + collectDuration };
    this.#took.push(took);
    if (this.#notes) appendFileSync(this.#notes, `${Math.round(took.ms)} ${took.file}\n`);
  }

  onTestRunEnd(): void {
    if (this.#notes || this.#took.length < 2) return;
    const slowest = this.#took.toSorted((a, b) => b.ms - a.ms).slice(0, SHOWN);
    const lines = slowest.map(({ file, ms }) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${file}`);
    process.stdout.write(`\n The slowest files\n${lines.join('\n')}\n\n`);
  }
}
