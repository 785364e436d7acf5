import { type ControlJob, describeDuration, OUTPUT_MEANINGS, type PermissionMode } from '@signalbox/contracts';
import {
  interruptedPolicyOf,
  modelOf,
  outputOf,
  permissionModeOf,
  type SettingSources,
} from '../warm/settings-in-force.ts';

export type Setting = Extract<ControlJob, { kind: 'show-setting' }>['setting'];

/** What the configuration says of all sessions' settings. */
export interface SettingLimits {
  /** The most that the configuration lets Claude do unasked. */
  readonly most: PermissionMode;
  /** The configuration's limit of silence. */
  readonly inactivityMs: number;
}

/** What a setting may come from. */
export interface SettingContext extends SettingSources, SettingLimits {}

const INTERRUPTED = {
  resume: 'is continued',
  ask: 'waits for your answer if a tool may have run, else it is continued',
  stop: 'is not continued, and can be retried',
} as const;

/** A line that says what a setting is and where that comes from. Pure. */
export function describeSetting(setting: Setting, context: SettingContext): string {
  const { settings, persona, inactivityMs, most } = context;
  switch (setting) {
    case 'output': {
      const mode = outputOf(context);
      return `Output: ${mode} (${OUTPUT_MEANINGS[mode]})`;
    }
    case 'mode': {
      const from = settings.permission_mode
        ? ''
        : persona?.settings.permission_mode
          ? ' (the persona’s)'
          : ' (the configuration’s)';
      return `Permissions: ${nameMode(permissionModeOf(settings, persona?.settings.permission_mode, most))}${from}`;
    }
    case 'model':
      return `Model: ${modelOf(context)}${settings.model ? '' : persona?.settings.model ? ' (the persona’s)' : ''}`;
    case 'effort':
      return `Effort: ${settings.effort ?? 'default'}`;
    case 'timeout':
      return settings.timeoutMinutes === undefined
        ? `Claude is interrupted after ${describeDuration(inactivityMs)} of silence (default)`
        : `Claude is interrupted after ${settings.timeoutMinutes} min of silence`;
    case 'interrupted': {
      const from = settings.interrupted ? '' : persona?.settings.interrupted ? ' (the persona’s)' : ' (default)';
      return `A turn that a restart cuts off ${INTERRUPTED[interruptedPolicyOf(context)]}${from}`;
    }
  }
}

/** A permission mode by its name; the one that asks nobody never without a warning. */
function nameMode(mode: PermissionMode): string {
  return mode === 'bypassPermissions' ? '⚠️ bypassPermissions: Claude may do everything, and nobody is asked' : mode;
}
