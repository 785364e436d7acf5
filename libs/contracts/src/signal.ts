import { z } from 'zod';

/**
 * A word to a running turn that must not wait in its queue. Of the signals with the same key the first holds.
 * `stop`: the job's turn ends for good, or the job, if it still waits, is never begun · `answer`: to a question that the turn asked.
 */
export const signalSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stop'), jobId: z.string(), by: z.string() }),
  z.object({ kind: z.literal('answer'), questionId: z.string(), answer: z.string(), by: z.string() }),
]);
export type Signal = z.infer<typeof signalSchema>;

/** Names what a signal is about. */
export function signalKey(signal: { kind: 'stop'; jobId: string } | { kind: 'answer'; questionId: string }): string {
  return signal.kind === 'stop' ? `stop:${signal.jobId}` : `answer:${signal.questionId}`;
}
