import { z } from 'zod';
import { NAME_PATTERN } from './names.ts';
import { placeSchema } from './place.ts';

/** What a place may see of a running turn before its replies. Losing one costs nothing: the next one is whole. */
export const liveFrameSchema = z.object({
  place: placeSchema,
  session: z.string().regex(NAME_PATTERN),
  /** The job whose turn this is. */
  turn: z.string(),
  state: z.enum(['working', 'ended']),
  /** The tool that runs, if one does; `input` is what Claude gave it, cut for showing. */
  tool: z.object({ name: z.string(), input: z.unknown() }).optional(),
});
export type LiveFrame = z.infer<typeof liveFrameSchema>;
