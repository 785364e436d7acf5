import { type Settings, type SettingsChange, settingsSchema } from '@signalbox/contracts';
import { z } from 'zod';

/** What a session's settings.json holds. Written by the holder of the session's control queue alone. */
export const settingsFileSchema = settingsSchema.extend({ version: z.literal(1) });

/** The settings with a change made; what is `null` in the change is taken back. Pure. */
export function changeSettings(settings: Settings, change: SettingsChange): Settings {
  const changed = Object.entries({ ...settings, ...change }).filter(([, value]) => value != null);
  return settingsSchema.parse(Object.fromEntries(changed));
}
