import { z } from 'zod';

const number = z.number().optional().catch(undefined);

/** What an agent measured last; a system that was never reached has nothing. Percents, °C and seconds. */
const Info = z.object({
  cpu: number,
  mp: number,
  dp: number,
  /** Up for so many seconds. */
  u: number,
  dt: number,
  g: number,
  la: z.array(z.number()).optional().catch(undefined),
  /** Other disks, by name. */
  efs: z.record(z.string(), z.number()).optional().catch(undefined),
  /** How many services there are, and how many have failed. */
  sv: z.array(z.number()).optional().catch(undefined),
  /** The agent's version. */
  v: z.string().optional().catch(undefined),
});

const System = z.object({
  name: z.string(),
  host: z.string().catch(''),
  status: z.enum(['up', 'down', 'paused', 'pending']).catch('pending'),
  /** When Beszel last wrote anything of it. */
  updated: z
    .string()
    .transform((text) => Date.parse(text))
    .catch(Number.NaN),
  info: Info.catch({}),
});

/** A machine that Beszel watches. */
export type BeszelSystem = z.infer<typeof System>;

/** The records of the collection `systems`. */
export const Systems = z.object({ items: z.array(System) });
