import { writeFile } from 'node:fs/promises';
import type { Log } from '../logging/log.ts';

/** Touches `path`, if there is one, every 5 s while `isWell` says so: the health check of a container looks at its age. */
export function keepHeartbeat(path: string | undefined, isWell: () => Promise<boolean>, log: Log): { stop(): void } {
  if (path === undefined) return { stop: () => undefined };
  const beat = async () => {
    if (await isWell()) await writeFile(path, `${new Date().toISOString()}\n`, { mode: 0o600 });
  };
  const onError = (err: unknown) => log.warn({ err }, 'The heartbeat file could not be written');
  const timer = setInterval(() => beat().catch(onError), 5_000);
  beat().catch(onError);
  return { stop: () => clearInterval(timer) };
}
