import { z } from 'zod';

/** Who sent a signal, and by which update: the same update sends the same signal. */
const from = { id: z.string(), by: z.string() };

/**
 * A word to a running turn that must not wait in its queue. Of the signals about the same thing the first holds.
 * `stop`: the job's turn ends for good, or the job, if it still waits, is never begun · `answer`: to a question that the turn asked.
 */
export const signalSchema = z.discriminatedUnion('kind', [
  z.object({ ...from, kind: z.literal('stop'), jobId: z.string() }),
  z.object({ ...from, kind: z.literal('answer'), questionId: z.string(), answer: z.string() }),
]);
/** Stands for the job of what Claude does without a message. */
export const BACKGROUND = 'background';

export type Signal = z.infer<typeof signalSchema>;
/** Holds also for a job that has not begun. */
export type StopSignal = Extract<Signal, { kind: 'stop' }>;
/** Taken only while its question is open. */
export type AnswerSignal = Extract<Signal, { kind: 'answer' }>;
