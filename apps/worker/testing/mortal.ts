/** Parts whose user dies at one of their calls. */
export interface Mortal {
  /** The same part; its calls are counted with those of the others. */
  part<T extends object>(part: T): T;
  /** Resolves when the call has come; nothing that is asked of the parts is done or answered any more. */
  readonly died: Promise<'died'>;
}

/**
 * Lets the `at`th call of a method that returns a promise be the last: it is never answered, and was carried out (`after`) or not
 * (`before`). As when a process is killed there.
 */
export function mortal(at: number, when: 'before' | 'after'): Mortal {
  let calls = 0;
  let die: (word: 'died') => void = () => undefined;
  const died = new Promise<'died'>((resolve) => {
    die = resolve;
  });
  const never = new Promise<never>(() => undefined);
  const call = (method: (...args: unknown[]) => unknown, args: unknown[]) => {
    calls += 1;
    if (calls > at) return never;
    if (calls === at && when === 'before') {
      die('died');
      return never;
    }
    const answer = method(...args);
    if (calls < at) return answer;
    return Promise.resolve(answer).then(() => {
      die('died');
      return never;
    });
  };
  return {
    died,
    part: (part) =>
      new Proxy(part, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key);
          if (typeof value !== 'function' || key === 'paths') return value;
          return (...args: unknown[]) => call(value.bind(target) as (...args: unknown[]) => unknown, args);
        },
      }),
  };
}
