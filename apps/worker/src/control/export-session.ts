import { exportConversation } from '@signalbox/claude';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { type ControlParts, text } from './control-parts.ts';

/** Longest conversation that is exported, in UTF-16 units: it passes through Redis. Of a longer one the end. */
const LONGEST = 1_000_000;

/** A session's conversation as a Markdown file. */
export async function exportSession(session: string, { store, claude, redactBeginning }: ControlParts): Promise<Shown> {
  const metadata = await store.peekMetadata(session);
  if (!metadata) return text(words.unreadable(session));
  const conversation = await exportConversation(
    { ...claude, claudeSessionId: metadata.claudeSessionId },
    redactBeginning,
  );
  if (!conversation) return text(words.nothingToExport(session));
  const at = new Date().toISOString();
  const head = [`# ${session}`, `Exported ${at.slice(0, 16).replace('T', ' ')} UTC · ${metadata.claudeSessionId}`];
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
