import { z } from 'zod';
import { nameSchema } from '../base/names.ts';
import { placeSchema } from '../base/place.ts';

const todoSchema = z.object({ text: z.string(), state: z.enum(['waiting', 'running', 'done']) });
/** An entry of the list of things to do that Claude keeps. */
export type Todo = z.infer<typeof todoSchema>;

/**
 * What keeps Claude from going on. `answer`: a person has to answer what it asks · `retry`: the model gave no answer and is asked again ·
 * `compaction`: the conversation is replaced by a summary first.
 */
const holdUpSchema = z.enum(['answer', 'retry', 'compaction']);
/** Why a turn does not go on. */
export type HoldUp = z.infer<typeof holdUpSchema>;

/** What a place may see of a running turn before its replies. Losing one costs nothing: the next one is whole. */
export const liveFrameSchema = z.object({
  place: placeSchema,
  session: nameSchema,
  /** The job whose turn this is. */
  turn: z.string(),
  state: z.enum(['working', 'ended']),
  /** How long the turn has run here, in ms. Not when it began: two machines need not agree on the time. */
  runningMs: z.number().int().nonnegative().optional(),
  /** How many texts were said in the turn, each of which is a reply or will be. */
  said: z.number().int().nonnegative().optional(),
  /** What Claude writes and has not yet said: Markdown that may be unclosed, and its end alone if it is long. */
  text: z.string().optional(),
  /** The tool that runs, if one does; `input` is what Claude gave it, cut for showing. */
  tool: z.object({ name: z.string(), input: z.unknown() }).optional(),
  todos: todoSchema.array().optional(),
  /** Then the tool does not run, or not yet. */
  heldUpBy: holdUpSchema.optional(),
});
/** Whole by itself; the latest one counts. */
export type LiveFrame = z.infer<typeof liveFrameSchema>;
