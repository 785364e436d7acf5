import { z } from 'zod';
import { integrationCardSchema } from './integration-card.ts';

/** What a worker says of itself while it lives, for lists, status and routing. */
export const workerCardSchema = z.object({
  id: z.string(),
  pool: z.string(),
  host: z.string(),
  pid: z.number().int(),
  startedAt: z.number().int(),
  /** Updated with each heartbeat, in ms since the epoch. */
  seenAt: z.number().int(),
  claude: z.string(),
  permissionMode: z.string(),
  modelIsSimulated: z.boolean(),
  /** The homelab's integrations that it knows. */
  integrations: integrationCardSchema.array().optional(),
});
/** It expires with its worker: a card that is there is of one that lives. */
export type WorkerCard = z.infer<typeof workerCardSchema>;

/** A persona as lists show it. */
export const personaCardSchema = z.object({ name: z.string(), description: z.string() });
/** As the pool that has it told last. */
export type PersonaCard = z.infer<typeof personaCardSchema>;
