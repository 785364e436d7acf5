import { exportConversation } from '@signalbox/claude';
import type { Redact } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';
import type { ClaudeSetup } from '../warm/claude-setup.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { text } from './show-text.ts';

/** What exporting calls. */
export interface ExportSessionNeeds {
  readonly store: Pick<SessionStore, 'peekMetadata'>;
  readonly claude: Pick<ClaudeSetup, 'configDir' | 'environment'>;
  readonly redactBeginning: Redact;
}

/** Longest conversation that is exported, in UTF-16 units: it passes through Redis. Of a longer one the end. */
const LONGEST = 1_000_000;

/** A session's conversation as a Markdown file. */
export async function exportSession(session: string, needs: ExportSessionNeeds): Promise<Shown> {
  const { store, claude, redactBeginning } = needs;
  const { configDir, environment } = claude;
  const metadata = await store.peekMetadata(session);
  if (!metadata) return text(words.unreadable(session));
  const { claudeSessionId, lastRow } = metadata;
  const conversation = await exportConversation({ configDir, environment, claudeSessionId }, redactBeginning);
  if (!conversation) return text(lastRow === undefined ? words.nothingToExport(session) : words.historyGone('missing'));
  const at = new Date().toISOString();
  const head = [`# ${session}`, `Exported ${at.slice(0, 16).replace('T', ' ')} UTC · ${claudeSessionId}`];
  const content = [...head, endOf(redactBeginning(conversation))].join('\n\n');
  return {
    kind: 'document',
    name: `${session}-${at.slice(0, 10)}.md`,
    content: `${content}\n`,
    text: words.exported(session),
  };
}

function endOf(conversation: string): string {
  if (conversation.length <= LONGEST) return conversation;
  const end = conversation.slice(-LONGEST);
  // Not from the middle of a paragraph.
  return `*The beginning is left out.*\n\n${end.slice(end.indexOf('\n\n') + 2)}`;
}
