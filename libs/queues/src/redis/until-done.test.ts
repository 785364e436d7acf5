import { describe, expect, it } from 'vitest';
import { untilDone } from './until-done.ts';

const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const never = new AbortController().signal;

describe('what must be done', () => {
  it('is tried again while Redis is away, and each time is told', async () => {
    const told: unknown[] = [];
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries < 3) throw away();
      return 'done';
    };
    expect(await untilDone(work, { signal: never, onRetry: (error) => told.push(error) })).toBe('done');
    expect(told).toHaveLength(2);
  });

  it('is tried once if it meets a bug, which is not told as an absence', async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      throw new TypeError('x is not a function');
    };
    const onRetry = () => expect.unreachable();
    await expect(untilDone(work, { signal: never, onRetry })).rejects.toThrow('x is not a function');
    expect(tries).toBe(1);
  });

  it('is given up with the reason of the signal', async () => {
    const stopping = new AbortController();
    const reason = new Error('The process is stopping');
    const work = async () => {
      throw away();
    };
    const done = untilDone(work, { signal: stopping.signal, onRetry: () => stopping.abort(reason) });
    await expect(done).rejects.toBe(reason);
    await expect(untilDone(work, { signal: stopping.signal, onRetry: () => {} })).rejects.toBe(reason);
  });
});
