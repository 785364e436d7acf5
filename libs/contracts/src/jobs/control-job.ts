import { z } from 'zod';
import { nameSchema } from '../base/names.ts';
import { originSchema } from '../base/place.ts';
import { permissionModeSchema, settingsChangeSchema } from '../base/settings.ts';
import { type Read, readableVersion, readVersioned } from '../base/version.ts';

const name = nameSchema;
const head = { version: readableVersion, session: name, origin: originSchema };

const controlJobSchema = z.discriminatedUnion('kind', [
  z.object({ ...head, kind: z.literal('about') }),
  z.object({ ...head, kind: z.literal('set'), change: settingsChangeSchema, sure: z.boolean().optional() }),
  z.object({
    ...head,
    kind: z.literal('show-setting'),
    setting: z.enum(['output', 'mode', 'model', 'effort', 'timeout', 'interrupted']),
  }),
  z.object({
    ...head,
    kind: z.literal('allow'),
    rules: z.string().min(1).array(),
    permission_mode: permissionModeSchema.exclude(['bypassPermissions']).optional(),
  }),
  z.object({ ...head, kind: z.literal('revoke'), rule: z.string().min(1) }),
  z.object({ ...head, kind: z.literal('persona'), persona: name.optional() }),
  z.object({ ...head, kind: z.literal('usage') }),
  z.object({ ...head, kind: z.literal('export') }),
  z.object({ ...head, kind: z.literal('desk') }),
  z.object({ ...head, kind: z.literal('log') }),
  z.object({ ...head, kind: z.literal('turns') }),
  z.object({ ...head, kind: z.literal('ask-delete'), confirmed: z.string() }),
]);
/**
 * A command about a session that must not wait behind its turn.
 * `about`: what the session is · `set`: changes its settings; `sure`: without asking whether a model is meant that Claude Code does not offer ·
 * `allow`: keeps what a person has allowed, without a word · `revoke`: takes one of these rules back, by itself or by the mark that `/mode`
 * shows it with · `show-setting`: says what holds, with buttons for the rest · `persona`: shows it, or takes another from the library ·
 * `usage`, `export`, `desk`, `log`: see the commands of the chat · `turns`: the last turns, to go back to before one ·
 * `ask-delete`: asks whether it is really to be deleted; `confirmed` is the command that does it.
 */
export type ControlJob = z.infer<typeof controlJobSchema>;

/** Reads an entry of a session's control queue. */
export function readControlJob(data: unknown): Read<ControlJob> {
  return readVersioned(controlJobSchema, data);
}
