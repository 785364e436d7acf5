import type { Step } from './parse-directives.ts';

/** Remembers how often a message was asked and its error directives served, so that they can end. */
export type ErrorMemory = {
  /** Counts a request for the response to a message. Returns how many came before it. */
  countRequest(message: string): number;
  /**
   * The steps without the errors that are used up: `[[error 529 times 2]]` after two requests of that message,
   * `[[limit 3]]` once three seconds have passed since its first.
   * @param message names one message of one conversation
   * @param now milliseconds
   */
  spend(message: string, steps: readonly Step[], now: number): Step[];
  clear(): void;
};

/** An empty memory. */
export function createErrorMemory(): ErrorMemory {
  const asked = new Map<string, number>();
  const served = new Map<string, number>();
  const limitedSince = new Map<string, number>();
  const limitedFor = (key: string, seconds: number, now: number): number => {
    const since = limitedSince.get(key) ?? now;
    limitedSince.set(key, since);
    return seconds - (now - since) / 1000;
  };
  const isDue = (key: string, step: Step, now: number): boolean => {
    if (step.do === 'error') {
      const count = (served.get(key) ?? 0) + 1;
      if (count > step.times) return false;
      served.set(key, count);
      return true;
    }
    if (step.do === 'limit') return limitedFor(key, step.seconds, now) > 0;
    return true;
  };
  return {
    countRequest(message) {
      const before = asked.get(message) ?? 0;
      asked.set(message, before + 1);
      return before;
    },
    spend(message, steps, now) {
      const due: Step[] = [];
      for (const [at, step] of steps.entries()) {
        const key = `${message}#${at}`;
        if (!isDue(key, step, now)) continue;
        // However often it is met, a limit lifts at the same time.
        due.push(step.do === 'limit' ? { ...step, seconds: limitedFor(key, step.seconds, now) } : step);
        // A later error of the same response waits until this one is used up.
        if (step.do === 'error' || step.do === 'limit') break;
      }
      return due;
    },
    clear() {
      asked.clear();
      served.clear();
      limitedSince.clear();
    },
  };
}
