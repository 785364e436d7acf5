import { readKeptHistory } from '@signalbox/claude';
import type { Redact } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';
import type { ClaudeSetup } from '../warm/claude-setup.ts';
import { describeTurns } from '../wording/describe-turns.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { text } from './show-text.ts';

/** What listing a session's turns calls. */
export interface ShowTurnsNeeds {
  readonly store: Pick<SessionStore, 'paths' | 'peekMetadata'>;
  readonly claude: Pick<ClaudeSetup, 'configDir' | 'environment'>;
  readonly redactBeginning: Redact;
}

/** The last turns of a session's conversation, to go back to before one of them. */
export async function showTurns(session: string, { store, claude, redactBeginning }: ShowTurnsNeeds): Promise<Shown> {
  const metadata = await store.peekMetadata(session);
  if (!metadata) return text(words.unreadable(session));
  const { configDir, environment } = claude;
  const { claudeSessionId, lastRow } = metadata;
  const kept = { configDir, environment, claudeSessionId, copies: store.paths(session).history };
  const { turns, loss } = await readKeptHistory(kept, lastRow);
  const nothing = loss === undefined ? words.nothingSaid(session) : words.historyGone(loss);
  // It is gone on with, or not, as a whole.
  const offered = loss === undefined ? turns : [];
  return describeTurns(session, offered, metadata, { now: Date.now(), nothing, redactBeginning });
}
