/** What all keys of Signalbox begin with. */
export const ROOT = 'signalbox:';

/**
 * When a key ends. `seconds`: Redis takes it away so long after it was last written, at the latest. `expires`: it does too, after a time that
 * this says. `until`: it has no expiry of its own; this says what ends it, or why it must stay.
 */
export type Lifetime = { readonly seconds: number } | { readonly expires: string } | { readonly until: string };

/** One row of the schema. */
export interface KeyKind {
  /** After `signalbox:`, with what varies as `<name>`. What stands in braces is the hash tag: such keys lie together in Redis Cluster. */
  readonly pattern: string;
  readonly type: 'string' | 'hash' | 'list' | 'set' | 'zset' | 'stream';
  /** Who writes it. */
  readonly writer: string;
  readonly lifetime: Lifetime;
  /** What is in it. */
  readonly content: string;
}

/** A channel that is published on; nothing of it is kept. */
export type ChannelKind = Pick<KeyKind, 'pattern' | 'writer' | 'content'>;

/** The values that a pattern needs, one for each different name in it, in order. */
type Values<Pattern extends string, Seen = never> = Pattern extends `${string}<${infer Name}>${infer Rest}`
  ? Name extends Seen
    ? Values<Rest, Seen>
    : [value: string | number, ...Values<Rest, Seen | Name>]
  : [];

/** For each kind, what makes a key of it from the values in its pattern. */
export type Makers<Kinds extends Readonly<Record<string, { readonly pattern: string }>>> = {
  readonly [Kind in keyof Kinds]: (...values: Values<Kinds[Kind]['pattern']>) => string;
};

/** The only way to make a key: from its row. */
export function makersOf<const Kinds extends Readonly<Record<string, { readonly pattern: string }>>>(
  kinds: Kinds,
): Makers<Kinds> {
  const makers = Object.entries(kinds).map(([kind, { pattern }]) => [kind, makerOf(pattern)]);
  return Object.fromEntries(makers) as Makers<Kinds>;
}

function makerOf(pattern: string): (...values: (string | number)[]) => string {
  // Texts and values take turns; a name that comes again stands for the same value.
  const [head = '', ...rest] = pattern.split('<').map((piece) => piece.split('>'));
  const names = [...new Set(rest.map(([name]) => name))];
  const pieces = rest.map(([name, text = '']) => ({ index: names.indexOf(name), text }));
  return (...values) => pieces.reduce((key, { index, text }) => `${key}${values[index]}${text}`, `${ROOT}${head[0]}`);
}
