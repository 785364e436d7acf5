import { hostname } from 'node:os';
import { keepsConversation } from '@signalbox/claude';
import { fenced } from '@signalbox/contracts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { type ControlParts, code, text } from './control-parts.ts';

/** The line with which a session is continued in a terminal. */
export async function deskLine(session: string, { store, claude }: ControlParts): Promise<Shown> {
  const metadata = await store.peekMetadata(session);
  if (!metadata) return text(words.unreadable(session));
  const conversation = { ...claude, claudeSessionId: metadata.claudeSessionId };
  if (!(await keepsConversation(conversation))) return text(words.nothingToContinue(session));
  const directory = metadata.directory ?? store.paths(session).workspace;
  const config = claude.configDir === undefined ? '' : `CLAUDE_CONFIG_DIR=${quote(claude.configDir)} `;
  const line = `cd ${quote(directory)} && ${config}claude --resume ${metadata.claudeSessionId}`;
  const note = words.atTheDesk(code(hostname()), metadata.status === 'active');
  return { kind: 'markdown', text: `${fenced(line, 'sh')}\n\n${note}` };
}

/** A word for the shell, quoted if it needs to be. Pure. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
