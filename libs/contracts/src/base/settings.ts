import { z } from 'zod';

/**
 * How much of a turn becomes replies. `quiet`: the final answer alone · `normal`: all that Claude says · `verbose`: each use of a
 * tool as well, folded · `smart`: all that Claude says, a long text as its beginning with the whole as a file.
 */
export const outputModeSchema = z.enum(['quiet', 'normal', 'verbose', 'smart']);
export type OutputMode = z.infer<typeof outputModeSchema>;

/** What a session shows in each output mode, for a person: the same words wherever it is said. */
export const OUTPUT_MEANINGS: Readonly<Record<OutputMode, string>> = {
  quiet: 'the final answers alone',
  normal: 'everything that Claude says',
  verbose: 'also every tool call and its result',
  smart: 'everything that Claude says, long texts as a file',
};

/** The levels that the CLI's `--effort` takes (2.1.329). */
export const effortSchema = z.enum(['low', 'medium', 'high', 'xhigh', 'max']);
export type Effort = z.infer<typeof effortSchema>;

/** What Claude may do unasked, from least to most. */
export const permissionModeSchema = z.enum(['plan', 'default', 'acceptEdits', 'bypassPermissions']);
export type PermissionMode = z.infer<typeof permissionModeSchema>;

/**
 * What becomes of a message whose turn a restart cut off. `resume`: it is continued · `ask`: if a tool may have run, the person is
 * asked first · `stop`: it is not continued.
 */
export const interruptedPolicySchema = z.enum(['resume', 'ask', 'stop']);
export type InterruptedPolicy = z.infer<typeof interruptedPolicySchema>;

/** Names of models: aliases such as `opus`, and whole names. Never anything that could be read as an option. */
export const modelSchema = z.string().regex(/^[a-z0-9][\w.:/[\]-]{0,99}$/i);

/** Longest limit of silence that a session may be given, in minutes. */
export const MOST_TIMEOUT_MINUTES = 120;

/** What a person set for one session. What is left out is the persona's, or the configuration's. */
export const settingsSchema = z.object({
  output: outputModeSchema.optional(),
  model: modelSchema.optional(),
  effort: effortSchema.optional(),
  permission_mode: permissionModeSchema.optional(),
  interrupted: interruptedPolicySchema.optional(),
  /** A Claude that prints nothing for so long in a turn is interrupted. */
  timeoutMinutes: z.number().min(1).max(MOST_TIMEOUT_MINUTES).optional(),
  /** Permission rules that were allowed for this session, e.g. `Bash(git log *)`. */
  allowed: z.string().min(1).array().max(500).optional(),
});
/** They outlive the process and the conversation. */
export type Settings = z.infer<typeof settingsSchema>;

/** A change of the settings: `null` takes a setting back. */
export const settingsChangeSchema = z
  .object({
    output: outputModeSchema.nullable(),
    model: modelSchema.nullable(),
    effort: effortSchema.nullable(),
    permission_mode: permissionModeSchema.nullable(),
    interrupted: interruptedPolicySchema.nullable(),
    timeoutMinutes: settingsSchema.shape.timeoutMinutes.unwrap().nullable(),
  })
  .partial();
/** What it does not name stays as it is. */
export type SettingsChange = z.infer<typeof settingsChangeSchema>;
