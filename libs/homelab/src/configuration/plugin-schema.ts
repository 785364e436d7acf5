import { z } from 'zod';
import { LONGEST_RUN_MS } from '../contract/integration.ts';

const variable = z.object({
  expected: z.string().min(1),
  meaning: z.string().min(1),
  secret: z.boolean().optional(),
  optional: z.boolean().optional(),
});
const method = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', 'expected a function');
const schema = z.custom<z.ZodType>(
  (value) => typeof (value as { safeParse?: unknown } | undefined)?.safeParse === 'function',
  'expected a zod schema',
);

/** What a plugin must be, for it was written by somebody else and may be plain JavaScript. */
const shape = z
  .object({
    name: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'expected 1 to 32 of a-z, 0-9 and "_", starting with a letter'),
    usage: z.string().max(64),
    example: z.string().max(64).optional(),
    description: z.string().min(1).max(256),
    variables: z.record(
      z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'expected the name of a variable: A-Z, 0-9, "_"'),
      variable,
    ),
    config: schema,
    rights: z.string().optional(),
    needsNothing: z.boolean().optional(),
    timeoutMs: z.number().int().min(1).max(LONGEST_RUN_MS),
    run: method,
    summary: method,
    check: method,
  })
  .refine(({ name, usage }) => usage.split(' ')[0] === `/${name}`, {
    path: ['usage'],
    message: 'expected a line that begins with the slash and the name',
  });

/** What is wrong with the shape of a plugin, a phrase for each; none if it is an integration. */
export function shapeProblems(value: unknown): string[] {
  const { error } = shape.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
}

/** What a module's default export holds: one integration, or a list. */
export function exported(module: { default?: unknown }): unknown[] {
  return Array.isArray(module.default) ? module.default : [module.default];
}
