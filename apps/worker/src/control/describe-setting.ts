import type { ControlJob, Settings } from '@signalbox/contracts';
import type { Persona } from '@signalbox/sessions';
import { describeDuration } from '../describe-duration.ts';

export type Setting = Extract<ControlJob, { kind: 'show-setting' }>['setting'];

/** What a setting may come from. */
export interface SettingContext {
  readonly settings: Settings;
  readonly persona: Persona | undefined;
  /** The configuration's limit of silence. */
  readonly inactivityMs: number;
}

const OUTPUT = {
  quiet: 'the final answers alone',
  normal: 'answers, and brief progress',
  verbose: 'every tool call and its result',
  smart: 'long outputs shortened, with the whole as a file',
} as const;

/** A line that says what a setting is and where that comes from. Pure. */
export function describeSetting(setting: Setting, context: SettingContext): string {
  const { settings, persona, inactivityMs } = context;
  switch (setting) {
    case 'output': {
      const mode = settings.output ?? 'normal';
      return `Output: ${mode} (${OUTPUT[mode]})`;
    }
    case 'model':
      return `Model: ${modelOf(context)}${settings.model ? '' : persona?.settings.model ? ' (the persona’s)' : ''}`;
    case 'effort':
      return `Effort: ${settings.effort ?? 'default'}`;
    case 'timeout':
      return settings.timeoutMinutes === undefined
        ? `Claude is interrupted after ${describeDuration(inactivityMs)} of silence (default)`
        : `Claude is interrupted after ${settings.timeoutMinutes} min of silence`;
  }
}

export function modelOf({ settings, persona }: Pick<SettingContext, 'settings' | 'persona'>): string {
  return settings.model ?? persona?.settings.model ?? 'default';
}
