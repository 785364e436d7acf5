import type { Context, Hono } from 'hono';
import { type ZodType, z } from 'zod';
import type { Env } from '../common/http-bindings.ts';

/** Serves an act at a path. It is given the checked body and answered with what it returns, or `{ok: true}`. */
export function post<T>(app: Hono<Env>, path: string, body: ZodType<T>, act: (given: T) => unknown): void {
  app.post(path, async (c) => c.json((act(await readBody(c, body)) ?? { ok: true }) as object));
}

/** Reads and checks a JSON body. @throws Error that lists what is wrong with it */
async function readBody<T>(c: Context<Env>, schema: ZodType<T>): Promise<T> {
  const value: unknown = await c.req.json().catch(() => undefined);
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new Error(`${c.req.path}: ${z.prettifyError(read.error)}`);
}
