import { readKeptHistory } from '@signalbox/claude';
import { describeDuration } from '@signalbox/contracts';
import type { Metadata, SessionStore } from '@signalbox/sessions';
import type { ClaudeSetup } from '../warm/claude-setup.ts';
import { describeKnown } from '../wording/describe-turns.ts';
import { type Billing, dollars, priceNote } from '../wording/money.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { describeSetting, type SettingLimits } from './describe-setting.ts';
import { text } from './show-text.ts';

/** What telling of a session calls. */
export interface AboutSessionNeeds extends SettingLimits {
  readonly store: Pick<SessionStore, 'paths' | 'peekMetadata' | 'peekPersona' | 'peekSettings'>;
  readonly claude: Pick<ClaudeSetup, 'configDir' | 'environment'>;
  readonly billing: Billing;
  readonly pool: string;
}

/** What Claude has of the conversation: less than there was if somebody deleted it, and its copy. */
async function known(
  { claudeSessionId, lastRow }: Metadata,
  { configDir, environment }: AboutSessionNeeds['claude'],
  copies: string,
): Promise<string> {
  const { turns, loss } = await readKeptHistory({ configDir, environment, claudeSessionId, copies }, lastRow);
  if (loss === undefined) return describeKnown(turns);
  return words.knownOnly(turns.length === 0 ? 'nothing' : describeKnown(turns), loss);
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
      `Claude knows of this conversation: ${await known(metadata, needs.claude, store.paths(session).history)}`,
      ...priceNote(needs.billing),
      ...(pool === 'default' ? [] : [`Pool: ${pool}`]),
    ].join('\n'),
  );
}
