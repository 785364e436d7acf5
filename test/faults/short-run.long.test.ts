import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { Cleanup } from '../support/cleanup.ts';
import { describeViolation } from './describe-violation.ts';
import { faults } from './faults.ts';
import { runFaults } from './run-faults.ts';

const SEED = 3;
const SIZE = {
  people: 6,
  topics: 1,
  workers: 2,
  bots: 2,
  thinkMs: 1_000,
  brokenForMs: 30_000,
  betweenMs: { least: 200, most: 1_500 },
  answersWithinMs: 120_000,
};

/** Not among the temporary files: what is found must outlive the test. */
const dir = fileURLToPath(new URL(`../../.signalbox/faults/short-run-${Date.now()}`, import.meta.url));
const cleanup = new Cleanup();

afterEach(() => cleanup.run());

it('while everything is killed, frozen and cut off, nothing is lost, doubled, reordered, run twice or left behind', async () => {
  const { events, violations, figures } = await runFaults({
    ...SIZE,
    seed: SEED,
    faults,
    dir,
    say: () => undefined,
    onUndo: (undo) => cleanup.add(undo),
  });
  const told = violations.map((violation) => describeViolation(violation, events)).join('\n\n');
  expect(told, `Seed ${SEED}; history and logs are kept in ${dir}`).toBe('');
  await rm(dir, { recursive: true });
  // It must have been worth it, also on a machine that has much else to do.
  const { plain, slow, tool, question } = figures.messages;
  expect(plain + slow + tool + question).toBeGreaterThan(SIZE.people);
  expect(Object.keys(figures.faults).length).toBeGreaterThan(faults.length / 2);
  expect(figures.samples).toBeGreaterThan(50);
  expect(figures.replies).toBeGreaterThan(SIZE.people);
}, 300_000);
