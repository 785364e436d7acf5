import {
  interruptedPolicySchema,
  nameSchema,
  outputModeSchema,
  type PermissionMode,
  permissionModeSchema,
} from '@signalbox/contracts';
import { z } from 'zod';

/** The file as it must be. What it asks for is bounded by the configuration: see `boundPermissionMode`. */
export const personaSchema = z.object({
  name: nameSchema,
  description: z.string(),
  system_prompt: z.string(),
  settings: z
    .object({
      model: z.string().min(1).optional(),
      max_turns: z.number().int().positive().optional(),
      permission_mode: permissionModeSchema.optional(),
      allowed_tools: z.array(z.string()).optional(),
      disallowed_tools: z.array(z.string()).optional(),
      /** What becomes of a message whose turn was cut off; see `interruptedPolicySchema`. Default: `resume`. */
      interrupted: interruptedPolicySchema.optional(),
      /** How much of a turn becomes replies; see `outputModeSchema`. Default: `normal`. */
      output_mode: outputModeSchema.optional(),
    })
    .default({}),
});
/** A template of behaviour, as it stands in `personas/<name>.json` and, copied, in a session's persona.json. */
export type Persona = z.infer<typeof personaSchema>;

/** From the mode that lets Claude do least to the one that lets it do most. */
const BY_POWER = permissionModeSchema.options;

/** The mode a session runs in: what its persona asks for, never more than the configuration allows. */
export function boundPermissionMode(asked: PermissionMode | undefined, allowed: PermissionMode): PermissionMode {
  if (asked === undefined) return allowed;
  return BY_POWER.indexOf(asked) <= BY_POWER.indexOf(allowed) ? asked : allowed;
}
