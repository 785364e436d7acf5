import { type KeyKind, ROOT } from './key-kind.ts';
import { schema } from './schema.ts';

/** A key as it was found in Redis. */
export interface FoundKey {
  readonly key: string;
  readonly type: string;
  /** How long it has left, in ms; -1: it lives for ever. */
  readonly ttlMs: number;
}

/** What is wrong with a key, in words; `undefined`: it is as the schema says. */
export function keyProblem({ key, type, ttlMs }: FoundKey): string | undefined {
  // The row with the fewest names is the closest: `…:wait` is no job of that name.
  const kind = kinds.find(({ expression }) => expression.test(key))?.kind;
  if (!kind) return `${key} (${type}) is not in the schema`;
  if (type !== kind.type) return `${key} is of type ${type}, not ${kind.type}`;
  if ('until' in kind.lifetime) return undefined;
  if ('expires' in kind.lifetime) return ttlMs < 0 ? `${key} lives for ever: ${kind.lifetime.expires}` : undefined;
  const { seconds } = kind.lifetime;
  if (ttlMs < 0) return `${key} lives for ever, not ${seconds} s`;
  return ttlMs > seconds * 1_000 ? `${key} lives for ${Math.ceil(ttlMs / 1_000)} s, not ${seconds} s` : undefined;
}

const kinds = Object.values(schema)
  .flatMap((rows): KeyKind[] => Object.values(rows))
  .map((kind) => ({ kind, expression: expressionOf(kind.pattern), names: kind.pattern.split('<').length }))
  .sort((a, b) => a.names - b.names);

function expressionOf(pattern: string): RegExp {
  const seen: string[] = [];
  const source = `${ROOT}${pattern}`.replace(/[{}]/g, '\\$&').replace(/<(\w+)>/g, (_, name: string) => {
    const before = seen.indexOf(name);
    if (before >= 0) return `\\${before + 1}`;
    seen.push(name);
    return '([^:{}]+)';
  });
  return new RegExp(`^${source}$`);
}
