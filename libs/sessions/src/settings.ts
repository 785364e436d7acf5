import { type PermissionMode, type Settings, type SettingsChange, settingsSchema } from '@signalbox/contracts';
import { z } from 'zod';

/** What a session's settings.json holds. Written by the holder of the session's control queue alone. */
export const settingsFileSchema = settingsSchema.extend({ version: z.literal(1) });

/** The settings with a change made; what is `null` in the change is taken back. Pure. */
export function changeSettings(settings: Settings, change: SettingsChange): Settings {
  const changed = Object.entries({ ...settings, ...change }).filter(([, value]) => value != null);
  return settingsSchema.parse(Object.fromEntries(changed));
}

/** Most rules of a session; the oldest are forgotten first. */
const MOST_RULES = 200;

/** The settings without a rule that was allowed. Pure. */
export function allowLess({ allowed = [], ...settings }: Settings, rule: string): Settings {
  const left = allowed.filter((each) => each !== rule);
  return left.length > 0 ? { ...settings, allowed: left } : settings;
}

/** The settings with more allowed. Pure. */
export function allowMore(settings: Settings, rules: readonly string[], mode: PermissionMode | undefined): Settings {
  const allowed = [...new Set([...(settings.allowed ?? []), ...rules])].slice(-MOST_RULES);
  return { ...settings, ...(allowed.length > 0 ? { allowed } : {}), ...(mode ? { permission_mode: mode } : {}) };
}
