import { z } from 'zod';
import { HomelabError } from '../contract/homelab-error.ts';

const Answer = z.object({ data: z.unknown() });

/** How Proxmox writes yes and no. */
export const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 1 || value === '1');

/** A number that may be absent: an offline node has none. */
export const amount = z
  .number()
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);

/** A text that may be absent. */
export const words = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => value || undefined);

/** The `data` of an answer. `what` names the question in the error. */
export function readData<T>(what: string, schema: z.ZodType<T>, answer: unknown): T {
  const result = Answer.extend({ data: schema }).safeParse(answer);
  if (result.success) return result.data.data as T;
  throw strange(what);
}

/** The `data` of an answer as a list. Entries of an unknown kind are left out; if all are, the answer is not understood. */
export function readList<T>(what: string, schema: z.ZodType<T>, answer: unknown): T[] {
  const entries = readData(what, z.array(z.unknown()), answer);
  const read = entries.flatMap((entry) => {
    const result = schema.safeParse(entry);
    return result.success ? [result.data] : [];
  });
  if (entries.length > 0 && read.length === 0) throw strange(what);
  return read;
}

function strange(what: string): HomelabError {
  return new HomelabError(
    'answer',
    `${what} is answered in a shape that is not known. Is it the right service, and its version?`,
  );
}
