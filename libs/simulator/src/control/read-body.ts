import type { Context } from 'hono';
import type { ZodType } from 'zod';
import { z } from 'zod';
import type { Env } from '../shared/http-bindings.ts';

/** Reads and checks a JSON body. @throws Error that lists what is wrong with it */
export async function readBody<T>(c: Context<Env>, schema: ZodType<T>): Promise<T> {
  const value: unknown = await c.req.json().catch(() => undefined);
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new Error(`${c.req.path}: ${z.prettifyError(read.error)}`);
}
