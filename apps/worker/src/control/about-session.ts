import { describeDuration } from '@signalbox/contracts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { type ControlParts, text } from './control-parts.ts';
import { describeSetting } from './describe-setting.ts';
import { dollars } from './show-usage.ts';

/** What a session is, for `/session`. */
export async function aboutSession(session: string, parts: ControlParts): Promise<Shown> {
  const { store, claude, pool, inactivityMs } = parts;
  const [metadata, persona, settings] = await Promise.all([
    store.peekMetadata(session),
    store.peekPersona(session),
    store.peekSettings(session),
  ]);
  if (!metadata) return text(words.unreadable(session));
  const context = { settings, persona, inactivityMs, most: claude.permissionMode };
  return text(
    [
      `Session '${session}'${metadata.archived ? ' (archived)' : ''}`,
      `${metadata.status}, last used ${describeDuration(Date.now() - Date.parse(metadata.lastUsedAt))} ago`,
      `Persona: ${persona?.name ?? metadata.persona}`,
      `Directory: ${metadata.directory ?? store.paths(session).workspace}`,
      describeSetting('model', context),
      describeSetting('effort', context),
      describeSetting('mode', context),
      describeSetting('output', context),
      describeSetting('timeout', context),
      describeSetting('interrupted', context),
      `Turns: ${metadata.turns} · ${dollars(metadata.costUsd)}`,
      ...(pool === 'default' ? [] : [`Pool: ${pool}`]),
    ].join('\n'),
  );
}
