import { z } from 'zod';
import { queueRefSchema } from '../base/queues.ts';

/**
 * What a person can decide about a job with a button.
 * `retry`: a failed job is done once more · `continue`: a job that waits for a word goes on · `drop`: neither.
 */
export const choiceSchema = z.enum(['retry', 'continue', 'drop']);
/** See `choiceSchema`. */
export type Choice = z.infer<typeof choiceSchema>;

/** The job that a question is about. */
export const subjectSchema = z.object({ queue: queueRefSchema, jobId: z.string() });
/** It names the job for whoever presses long after: a job that is gone is answered as such. */
export type Subject = z.infer<typeof subjectSchema>;

/**
 * What a button does when it is pressed.
 * `choose`: see `choiceSchema` · `answer`: answers a question of a running turn · `explain`: the next text of the person who
 * presses it is the answer, with `prefix` before it · `tick`: marks or unmarks an option, `answer-ticked` answers with all that are
 * marked · `command`: as if the person had typed it · `stop`: ends a running turn for good, or takes a job that waits out of its
 * queue · `run-next`: lets a job that waits be the next one · `settle`: nothing but that the question is answered.
 */
export const actSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('choose'), about: subjectSchema, choice: choiceSchema }),
  z.object({ do: z.literal('answer'), queue: queueRefSchema, questionId: z.string(), answer: z.string() }),
  z.object({ do: z.literal('explain'), queue: queueRefSchema, questionId: z.string(), prefix: z.string() }),
  z.object({ do: z.literal('tick'), value: z.string() }),
  z.object({ do: z.literal('answer-ticked'), queue: queueRefSchema, questionId: z.string() }),
  z.object({ do: z.literal('command'), text: z.string() }),
  z.object({ do: z.literal('stop'), about: subjectSchema }),
  z.object({ do: z.literal('run-next'), about: subjectSchema }),
  z.object({ do: z.literal('settle') }),
]);
/** Each button carries its own, so that one out of date does nothing else than it says. */
export type Act = z.infer<typeof actSchema>;
