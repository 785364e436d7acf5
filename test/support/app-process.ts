import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { PATIENCE_MS } from './patience.ts';

export type AppName = 'bot' | 'worker' | 'dashboard';

/** A production process of the project, as its entry point is started in production. */
export interface AppProcess {
  readonly name: AppName;
  readonly pid: number;
  /** All that it printed. */
  output(): string;
  /** Resolves to the part of the output that matches, as soon as it is there. */
  waitForOutput(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has ended. */
  readonly ended: Promise<{ code: number | undefined; signal: string | undefined }>;
  /** SIGTERM, and wait for the end. */
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Starts `node apps/<name>/dist/main.js` with nothing in its environment but `env` and what every process needs. `build`: where a
 * build lies that is not this checkout's.
 */
export function startApp(name: AppName, env: Record<string, string>, build = root): AppProcess {
  const child = execa('node', [join(build, 'apps', name, 'dist/main.js')], {
    cwd: build,
    env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...env },
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    all: true,
    detached: true,
    // A stop that takes long must show as such.
    forceKillAfterDelay: false,
  });
  let printed = '';
  child.all.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  const ended = child.then(({ exitCode, signal }) => ({ code: exitCode, signal }));
  return {
    name,
    pid: child.pid as number,
    output: () => printed,
    async waitForOutput(pattern, timeoutMs = PATIENCE_MS) {
      const deadline = AbortSignal.timeout(timeoutMs);
      for (;;) {
        const match = pattern.exec(printed);
        if (match) return match;
        const over = ended.then(() => 'ended');
        const next = await Promise.race([once(child.all, 'data', { signal: deadline }), over]).catch(() => 'late');
        if (typeof next === 'string')
          throw new Error(
            `${name} ${next === 'late' ? 'did not print' : 'ended without printing'} ${pattern}. It printed:\n${printed}`,
          );
      }
    },
    kill: (signal) => void child.kill(signal),
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
