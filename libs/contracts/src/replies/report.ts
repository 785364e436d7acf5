import { z } from 'zod';

/** How something is, from well to worst. `unknown`: it could not be told. */
export const levelSchema = z.enum(['ok', 'unknown', 'warn', 'error']);

/** How things are, as pure data. The bot decides how it looks. */
export const reportSchema = z.object({
  level: levelSchema,
  title: z.string().min(1),
  lines: z.object({ level: levelSchema.optional(), text: z.string() }).array(),
  /** Aligned columns below the lines. */
  table: z.object({ head: z.string().array(), rows: z.string().array().array() }).optional(),
});
/** The same for every integration, so that one rendering serves them all. */
export type HouseReport = z.infer<typeof reportSchema>;
