import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { backoffMs, EXIT_CONFIGURATION, pause } from '@signalbox/service';
import { execa } from 'execa';

export interface SupervisedOptions {
  readonly name: string;
  readonly entry: string;
  readonly env: Record<string, string>;
  readonly cwd: string;
  /** A line that the app printed. */
  onLine(name: string, line: string): void;
  /** A sentence about the app itself. */
  onNews(sentence: string): void;
  /** The app cannot run as it is configured; it is not started again. */
  onHopeless(name: string): void;
  /** A message that the app sent to who started it. */
  onMessage?(message: unknown): void;
}

export interface Supervised {
  /** Ends the app: SIGTERM, then wait. Resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** An app that ran this long was well; the next crash counts as the first, in ms. */
const WELL_AFTER_MS = 60_000;

/** Runs an app and starts it again, with back-off, whenever it ends by itself. */
export function supervise(options: SupervisedOptions): Supervised {
  const stopping = new AbortController();
  let child: ReturnType<typeof launch> | undefined;
  const life = async () => {
    for (let crashes = 1; !stopping.signal.aborted; crashes += 1) {
      const startedAt = performance.now();
      child = launch(options);
      const { exitCode, signal } = await child;
      if (stopping.signal.aborted) return;
      if (exitCode === EXIT_CONFIGURATION) return options.onHopeless(options.name);
      if (performance.now() - startedAt > WELL_AFTER_MS) crashes = 1;
      const waitMs = backoffMs(crashes, 500, 30_000);
      options.onNews(
        `${options.name} ended (${signal ?? `exit code ${exitCode}`}). Starting it again in ${(waitMs / 1_000).toFixed(1)} s.`,
      );
      await pause(waitMs, stopping.signal);
    }
  };
  const over = life();
  return {
    async stop() {
      stopping.abort();
      child?.kill('SIGTERM');
      await over;
    },
    kill: () => void child?.kill('SIGKILL'),
  };
}

function launch({ name, entry, env, cwd, onLine, onMessage }: SupervisedOptions) {
  // A group of its own: Ctrl-C in the terminal is for us, who then stop the apps in order. The channel tells the app when we are gone.
  const child = execa('node', [entry], {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    buffer: false,
    detached: true,
    ipc: true,
    stdin: 'ignore',
  });
  for (const stream of [child.stdout, child.stderr] as Readable[]) {
    createInterface({ input: stream }).on('line', (line) => onLine(name, line));
  }
  child.on('message', (message) => onMessage?.(message));
  return child;
}
