import type { z } from 'zod';
import { HomelabError } from '../contract/homelab-error.ts';

/** What a service said, in the shape that is expected. `variable` names the service in the error. */
export function readAnswer<T>(schema: z.ZodType<T>, said: unknown, variable: string): T {
  const { success, data, error } = schema.safeParse(said);
  if (success) return data;
  const where = error.issues[0]?.path.join('.') || 'the whole';
  const what = `${variable} answers in a shape that is not known (${where})`;
  throw new HomelabError('answer', `${what}. Is it the right service, and of a version we know?`);
}
