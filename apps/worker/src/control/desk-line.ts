import { hostname } from 'node:os';
import { keepsConversation } from '@signalbox/claude';
import { fenced } from '@signalbox/contracts';
import type { SessionStore } from '@signalbox/sessions';
import type { ClaudeSetup } from '../warm/launch-claude.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { code, text } from './show-text.ts';

/** What finding a session's conversation calls. */
export interface DeskLineNeeds {
  readonly store: Pick<SessionStore, 'paths' | 'peekMetadata'>;
  readonly claude: Pick<ClaudeSetup, 'configDir' | 'environment'>;
}

/** The line with which a session is continued in a terminal. */
export async function deskLine(session: string, { store, claude }: DeskLineNeeds): Promise<Shown> {
  const metadata = await store.peekMetadata(session);
  if (!metadata) return text(words.unreadable(session));
  const { configDir, environment } = claude;
  const { claudeSessionId } = metadata;
  if (!(await keepsConversation({ configDir, environment, claudeSessionId })))
    return text(words.nothingToContinue(session));
  const directory = metadata.directory ?? store.paths(session).workspace;
  const config = configDir === undefined ? '' : `CLAUDE_CONFIG_DIR=${quote(configDir)} `;
  const line = `cd ${quote(directory)} && ${config}claude --resume ${claudeSessionId}`;
  const note = words.atTheDesk(code(hostname()), metadata.status === 'active');
  return { kind: 'markdown', text: `${fenced(line, 'sh')}\n\n${note}` };
}

/** A word for the shell, quoted if it needs to be. Pure. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
