import { z } from 'zod';
import { queueRefSchema } from '../base/queues.ts';

/**
 * What a person can decide about a job: the answers to a question about one.
 * `retry`: a failed job is done once more · `continue`: a job that waits for a word goes on · `drop`: neither ·
 * of a message that failed, for its conversation: `back`: to before the message · `back-to-good`: to the last turn that was answered ·
 * `compact`, `clear`: as the commands.
 */
export const choiceSchema = z.enum(['retry', 'continue', 'drop', 'back', 'back-to-good', 'compact', 'clear']);
/** See `choiceSchema`. */
export type Choice = z.infer<typeof choiceSchema>;

/** A job, by its queue. */
export const jobSubjectSchema = z.object({ queue: queueRefSchema, jobId: z.string() });
/** It names the job for whoever presses long after: a job that is gone is answered as such. */
export type JobSubject = z.infer<typeof jobSubjectSchema>;

/** What a running turn in a queue wants to know. */
export const requestSubjectSchema = z.object({ queue: queueRefSchema, requestId: z.string() });
/** The turn waits for the answer, as long as the request is open. */
export type RequestSubject = z.infer<typeof requestSubjectSchema>;

/** What a question is about. */
export const subjectSchema = z.union([jobSubjectSchema, requestSubjectSchema]);
/** A job that waits for a word or has failed, or a request of a running turn. */
export type Subject = z.infer<typeof subjectSchema>;

const answeringActs = [
  z.object({ do: z.literal('answer'), value: z.string() }),
  z.object({ do: z.literal('explain'), prefix: z.string() }),
  z.object({ do: z.literal('take-back') }),
  z.object({ do: z.literal('tick'), value: z.string() }),
  z.object({ do: z.literal('answer-ticked') }),
] as const;
const menuActs = [
  z.object({ do: z.literal('command'), text: z.string() }),
  z.object({ do: z.literal('stop'), about: jobSubjectSchema }),
  z.object({ do: z.literal('run-next'), about: jobSubjectSchema }),
  z.object({ do: z.literal('settle') }),
] as const;

/**
 * What a button of a question does when it is pressed.
 * `answer`: the question has this answer (about a job: a `Choice`) · `explain`: the next text of the person who presses it is the
 * answer, with `prefix` before it · `take-back`: it is not, and the buttons come back · `tick`: marks or unmarks an option, `answer-ticked` answers with all that are marked.
 */
export const answeringActSchema = z.discriminatedUnion('do', answeringActs);
/** See `answeringActSchema`. */
export type AnsweringAct = z.infer<typeof answeringActSchema>;

/**
 * What a button of a menu does when it is pressed.
 * `command`: as if the person had typed it · `stop`: ends a running turn for good, or takes a job that waits out of its queue ·
 * `run-next`: lets a job that waits be the next one · `settle`: nothing but that the buttons go.
 */
export const menuActSchema = z.discriminatedUnion('do', menuActs);
/** See `menuActSchema`. */
export type MenuAct = z.infer<typeof menuActSchema>;

/** What any button does. */
export const actSchema = z.discriminatedUnion('do', [...answeringActs, ...menuActs]);
/** Each button carries its own, so that one out of date does nothing else than it says. */
export type Act = z.infer<typeof actSchema>;

/** A person's answer to a question, and the update that gave it: the same update gives the same answer. */
export const answerSchema = z.object({ id: z.string(), value: z.string(), by: z.string() });
/** Of the answers to a question the first holds. */
export type Answer = z.infer<typeof answerSchema>;
