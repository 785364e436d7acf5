import { backoffMs, type PrivateRedis, pause, startPrivateRedis } from '@signalbox/service';

export interface KeptRedis {
  readonly url: string;
  stop(): Promise<void>;
  kill(): void;
}

/** Runs the private Redis and starts it again if it ends by itself. Throws if it cannot be started at first. */
export async function keepRedis(dir: string, onNews: (sentence: string) => void): Promise<KeptRedis> {
  const stopping = new AbortController();
  let redis: PrivateRedis = await startPrivateRedis({ dir, durable: true });
  const life = async () => {
    for (let crashes = 1; ; crashes += 1) {
      await redis.ended;
      if (stopping.signal.aborted) return;
      const waitMs = backoffMs(crashes, 500, 30_000);
      onNews(`Redis ended. Starting it again in ${(waitMs / 1_000).toFixed(1)} s.`);
      await pause(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      redis = await startPrivateRedis({ dir, durable: true }).catch((error: Error) => {
        onNews(error.message);
        return redis;
      });
    }
  };
  const over = life();
  return {
    url: redis.url,
    async stop() {
      stopping.abort();
      await redis.stop();
      await over;
    },
    kill: () => {
      try {
        process.kill(redis.pid, 'SIGKILL');
      } catch {
        // It is gone already.
      }
    },
  };
}
