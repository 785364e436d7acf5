import type { AppProcess } from '../../support/app-process.ts';
import { cpuTimeMs } from './cpu-time.ts';

/** What a process did in a stretch of time. */
export interface Effort {
  readonly name: string;
  /** Share of one processor, 0 to 1. */
  readonly cpu: number;
  /** Lines of the log for each second. */
  readonly linesPerSecond: number;
}

/** Begins to watch processes. What it returns ends that and resolves to what each did since: a hot loop shows in both figures. */
export async function watchEffort(apps: readonly AppProcess[]): Promise<() => Promise<Effort[]>> {
  const look = (app: AppProcess) => cpuTimeMs(app.pid).then((cpuMs) => ({ cpuMs, lines: linesOf(app) }));
  const startedAt = performance.now();
  const before = await Promise.all(apps.map(look));
  return async () => {
    const elapsedMs = performance.now() - startedAt;
    const after = await Promise.all(apps.map(look));
    return apps.map((app, i) => ({
      name: `process ${app.pid}`,
      cpu: ((after[i]?.cpuMs ?? 0) - (before[i]?.cpuMs ?? 0)) / elapsedMs,
      linesPerSecond: (1_000 * ((after[i]?.lines ?? 0) - (before[i]?.lines ?? 0))) / elapsedMs,
    }));
  };
}

const linesOf = (app: AppProcess) => app.output().split('\n').length;
