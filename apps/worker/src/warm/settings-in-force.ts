import type { InterruptedPolicy, OutputMode, PermissionMode, Settings } from '@signalbox/contracts';
import { boundPermissionMode, type Persona } from '@signalbox/sessions';

/** Where a setting may come from: what was set for the session, else its persona. */
export interface SettingSources {
  readonly settings: Settings;
  readonly persona: Persona | undefined;
}

/**
 * The mode a session runs in. A persona is bounded by the configuration. A person in the chat can allow each thing by itself, so they
 * may choose any mode; but that nobody is asked at all is for the operator to allow.
 */
export function permissionModeOf(
  { permission_mode: chosen }: Settings,
  personas: PermissionMode | undefined,
  most: PermissionMode,
): PermissionMode {
  if (chosen === undefined || (chosen === 'bypassPermissions' && most !== chosen))
    return boundPermissionMode(personas, most);
  return chosen;
}

/** What becomes of a turn that was cut off: continued, unless somebody wants it otherwise. */
export function interruptedPolicyOf({ settings, persona }: SettingSources): InterruptedPolicy {
  return settings.interrupted ?? persona?.settings.interrupted ?? 'resume';
}

/** How much of a turn the chat is shown. */
export function outputOf({ settings, persona }: SettingSources): OutputMode {
  return settings.output ?? persona?.settings.output_mode ?? 'normal';
}

/** The model by the name that `/model` shows; `default`: Claude Code's own. */
export function modelOf({ settings, persona }: SettingSources): string {
  return settings.model ?? persona?.settings.model ?? 'default';
}
