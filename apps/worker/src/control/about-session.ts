import { describeDuration } from '@signalbox/contracts';
import type { SessionStore } from '@signalbox/sessions';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { describeSetting, type SettingLimits } from './describe-setting.ts';
import { text } from './show-text.ts';
import { dollars } from './show-usage.ts';

/** What telling of a session calls. */
export interface AboutSessionNeeds extends SettingLimits {
  readonly store: Pick<SessionStore, 'paths' | 'peekMetadata' | 'peekPersona' | 'peekSettings'>;
  readonly pool: string;
}

/** What a session is, for `/session`. */
export async function aboutSession(session: string, needs: AboutSessionNeeds): Promise<Shown> {
  const { store, pool, inactivityMs, most } = needs;
  const [metadata, persona, settings] = await Promise.all([
    store.peekMetadata(session),
    store.peekPersona(session),
    store.peekSettings(session),
  ]);
  if (!metadata) return text(words.unreadable(session));
  const context = { settings, persona, inactivityMs, most };
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
