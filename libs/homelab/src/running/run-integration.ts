import { z } from 'zod';
import type { Configured } from '../configuration/configure.ts';
import { HomelabError, type HomelabErrorCode } from '../contract/homelab-error.ts';
import { type IntegrationContext, LONGEST_RUN_MS } from '../contract/integration.ts';
import { type Level, type Report, reportSchema } from '../contract/report.ts';
import { httpForVariables } from '../http/http-for-variables.ts';

/** So much of the limit is kept for one that is told to stop to say what it has found out so far, in ms. */
const LAST_WORDS_MS = 500;

/** What running takes from outside. */
export interface RunOptions {
  readonly log: IntegrationContext<unknown>['log'];
  readonly now: () => number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

type Ready = Extract<Configured, { state: 'configured' }>;

/** What came of it. `problem`: nothing could be found out, and this is why; the report then says the same. */
export interface Outcome {
  readonly report: Report;
  /** The same in one short line. */
  readonly summary: string;
  readonly problem?: string;
}

/** Not being let in says nothing about how the service is. */
const LEVELS: Record<HomelabErrorCode, Level> = {
  unreachable: 'error',
  timeout: 'error',
  answer: 'error',
  refused: 'unknown',
  certificate: 'unknown',
  rights: 'unknown',
};

/** Asks an integration for its report, within its limit of time. What went wrong is the report; it rejects only when `signal` is aborted. */
export async function runIntegration(ready: Ready, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { integration } = ready;
  try {
    // A plugin may give back anything.
    const report = reportSchema.parse(await withinLimit(ready, options, (context) => integration.run(context, args)));
    return { report, summary: z.string().parse(integration.summary(report)) };
  } catch (error) {
    options.signal.throwIfAborted();
    return failed(ready, error, options);
  }
}

/** Whether the service answers and lets us in; `undefined` if so, else why not, in a sentence. Rejects only when `signal` is aborted. */
export async function checkIntegration(ready: Ready, options: RunOptions): Promise<string | undefined> {
  try {
    await withinLimit(ready, options, (context) => ready.integration.check(context));
    return undefined;
  } catch (error) {
    options.signal.throwIfAborted();
    return failed(ready, error, options).problem;
  }
}

async function withinLimit<T>(
  ready: Ready,
  { log, now, signal: outer }: RunOptions,
  work: (context: IntegrationContext<unknown>) => Promise<T>,
): Promise<T> {
  const limitMs = Math.min(ready.integration.timeoutMs, LONGEST_RUN_MS - 2 * LAST_WORDS_MS);
  const late = new AbortController();
  const hurry = setTimeout(() => late.abort(), limitMs);
  const signal = AbortSignal.any([outer, late.signal]);
  let giveUp: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    giveUp = setTimeout(() => reject(new HomelabError('timeout', tooLate(limitMs))), limitMs + LAST_WORDS_MS);
    outer.addEventListener('abort', () => reject(outer.reason), { once: true });
  });
  try {
    const http = httpForVariables(ready.integration.variables, ready.values, signal);
    const context = { config: ready.config, http, signal, now, log };
    return await Promise.race([work(context), never]);
  } finally {
    clearTimeout(hurry);
    clearTimeout(giveUp);
    // Whatever of it still runs is no longer wanted.
    late.abort();
  }
}

function failed({ integration: { name } }: Ready, error: unknown, { log }: RunOptions): Outcome & { problem: string } {
  if (error instanceof HomelabError) return outcome(name, LEVELS[error.code], error.message);
  log.warn({ err: error, integration: name }, 'An integration failed unforeseen');
  return outcome(name, 'unknown', 'Something unforeseen happened. The log of the worker has the details.');
}

function outcome(name: string, level: Level, problem: string): Outcome & { problem: string } {
  return { report: { level, title: name, lines: [{ text: problem }] }, summary: `${name}: ${problem}`, problem };
}

function tooLate(limitMs: number): string {
  return `No answer within ${Math.round(limitMs / 100) / 10} s.`;
}
