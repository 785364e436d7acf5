import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { claudeVersion, findClaude } from '@signalbox/claude';
import { execa } from 'execa';

/** Where and with what was measured: names and values. */
export type Surroundings = readonly (readonly [name: string, value: string])[];

export async function describeMachine(): Promise<Surroundings> {
  const { path } = await findClaude({ path: process.env.PATH ?? '' });
  return [
    ['Processor', `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores`],
    ['Memory', `${Math.round(totalmem() / 2 ** 30)} GB`],
    ['System', `${type()} ${release()}`],
    ['Node', process.versions.node],
    ['Claude Code', await claudeVersion(path)],
    ['Redis', await redisVersion()],
  ];
}

/** How busy the machine was, this command included. */
export function describeLoad(): string {
  return loadavg()
    .slice(0, 1)
    .map((load) => load.toFixed(1))
    .join();
}

async function redisVersion(): Promise<string> {
  for (const server of ['redis-server', 'valkey-server']) {
    const { stdout, failed } = await execa(server, ['--version'], { reject: false });
    if (!failed) return `${server} ${/v=([\d.]+)/.exec(stdout)?.[1] ?? ''}`.trim();
  }
  return 'unknown';
}
