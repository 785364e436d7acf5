import { z } from 'zod';

/**
 * A word to a running turn that must not wait in its queue: the job's turn ends for good, or the job, if it still waits, is never
 * begun. `id` is the update that said so and `by` a person's name. Of the words about the same job the first holds.
 */
export const stopSignalSchema = z.object({ id: z.string(), by: z.string(), jobId: z.string() });
/** Holds also for a job that has not begun. */
export type StopSignal = z.infer<typeof stopSignalSchema>;

/** Stands for the job of what Claude does without a message. */
export const BACKGROUND = 'background';
