import { z } from 'zod';

/** Name of an integration: its command without the slash. */
export const INTEGRATION_NAME = /^[a-z][a-z0-9_]{0,31}$/;

/** What a worker says of an integration that it knows. */
export const integrationCardSchema = z.object({
  name: z.string().regex(INTEGRATION_NAME),
  usage: z.string(),
  /** A command as it may be typed. Default: the command alone. */
  example: z.string().optional(),
  description: z.string(),
  /** Whether this worker can ask it. */
  configured: z.boolean(),
});
/** From it the bot knows the commands of the house, without knowing the house. */
export type IntegrationCard = z.infer<typeof integrationCardSchema>;

/** The commands of the chat itself. No integration may have such a name. */
export const OWN_COMMANDS = [
  ...[
    'new',
    'session',
    'sessions',
    'stop',
    'queue',
    'clear',
    'compact',
    'rewind',
    'fork',
    'persona',
    'personas',
    'mode',
  ],
  ...['model', 'effort', 'timeout', 'interrupted', 'quiet', 'normal', 'verbose', 'smart', 'usage', 'log', 'export'],
  ...['desk', 'rename', 'archive', 'restore', 'delete', 'status', 'help', 'start'],
] as const;
