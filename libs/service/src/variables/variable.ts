import type { z } from 'zod';

/** Who is configured by environment variables. `start` is `npm start` itself, `compose` what docker-compose.yml fills in. */
export const PROCESSES = ['bot', 'worker', 'dashboard', 'simulator', 'start', 'compose'] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** The sections of the docs, in their order. */
export const TOPICS = [
  'Telegram',
  'Redis',
  'Sessions',
  'Claude',
  'Homelab',
  'Dashboard',
  'Operations',
  'The machine',
  'Docker Compose',
  'Trying it out',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * One environment variable: what it may hold, what it means and who needs it. What is read, what `npm start`, compose and the units hand
 * on, the docs and `.env.example` all come from this.
 */
export interface Variable<T = unknown> {
  readonly schema: z.ZodType<T, string | undefined>;
  /** What a person must write, in words: it stands in the error. */
  readonly expected: string;
  readonly meaning: string;
  /** The default in words, for the docs. */
  readonly fallback: string;
  readonly secret: boolean;
  readonly topic: Topic;
  /** It is handed to these processes and to no other. */
  readonly neededBy: readonly ProcessName[];
  /** Those processes do not start without it. `npm start` can do without all. */
  readonly isRequired: boolean;
}

type Words = Omit<Variable, 'schema' | 'secret' | 'isRequired'> & { secret?: true; isRequired?: true };

/** What `variable` makes of its words: who needs it is kept in the type, so that a process gets exactly its settings. */
export type Declared<T, W extends Words> = Omit<Variable<T>, 'neededBy' | 'isRequired'> & {
  readonly neededBy: W['neededBy'];
  readonly isRequired: W extends { isRequired: true } ? true : false;
};

/** Declares a variable. */
export function variable<T, const W extends Words>(schema: z.ZodType<T, string | undefined>, words: W): Declared<T, W> {
  return { secret: false, isRequired: false, ...words, schema } as unknown as Declared<T, W>;
}
