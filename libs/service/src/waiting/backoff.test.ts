import { describe, expect, it } from 'vitest';
import { untilDone } from './backoff.ts';

describe('untilDone', () => {
  it('tries again until it succeeds, and gives up when it is told to', async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      return 'done';
    };
    expect(await untilDone(work, { signal: new AbortController().signal, onRetry: () => undefined })).toBe('done');
    const never = new AbortController();
    const waiting = untilDone(() => Promise.reject(new Error('away')), {
      signal: never.signal,
      onRetry: () => never.abort(),
    });
    await expect(waiting).rejects.toThrow('aborted');
  });
});
