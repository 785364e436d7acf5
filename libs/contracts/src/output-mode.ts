import { z } from 'zod';

/**
 * How much of a turn becomes replies. `quiet`: the final answer alone · `normal`: all that Claude says · `verbose`: each use of a
 * tool as well, folded · `smart`: all that Claude says, a long text as its beginning with the whole as a file.
 */
export const outputModeSchema = z.enum(['quiet', 'normal', 'verbose', 'smart']);
export type OutputMode = z.infer<typeof outputModeSchema>;
