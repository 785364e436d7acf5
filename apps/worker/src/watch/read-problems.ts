import { z } from 'zod';
import type { Problems } from './fold-problems.ts';

const severity = z.enum(['ok', 'warn', 'error']);
const schema = z.record(
  z.string(),
  z.object({
    text: z.string(),
    level: severity,
    told: severity,
    began: z.number().optional(),
    since: z.number(),
    looks: z.number(),
    returns: z.number(),
  }),
);

/** The problems that a watch remembers. Throws if they cannot be read. @param record as they were kept; default: none */
export function readProblems(record = '{}'): Problems {
  return schema.parse(JSON.parse(record));
}
