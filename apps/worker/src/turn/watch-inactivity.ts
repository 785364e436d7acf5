import type { ClaudeProcess } from '@signalbox/claude';

/**
 * Calls `onInactive` once when Claude has printed nothing for `limitMs`, by the monotonic clock: a machine that slept is not a Claude
 * that hangs. While it `isExcused` its silence does not count. Returns what ends the watch.
 */
export function watchInactivity(
  process: Pick<ClaudeProcess, 'lastOutputAt'>,
  { limitMs, isExcused }: { limitMs: number; isExcused(): boolean },
  onInactive: () => void,
): () => void {
  let heard = process.lastOutputAt;
  let since = performance.now();
  const timer = setInterval(() => {
    if (process.lastOutputAt !== heard || isExcused()) {
      heard = process.lastOutputAt;
      since = performance.now();
    } else if (performance.now() - since >= limitMs) {
      clearInterval(timer);
      onInactive();
    }
  }, limitMs / 20);
  return () => clearInterval(timer);
}
