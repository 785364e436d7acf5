import { hostname } from 'node:os';
import { keepsConversation, launchSettings, shellWord } from '@signalbox/claude';
import { fenced } from '@signalbox/contracts';
import type { SessionStore } from '@signalbox/sessions';
import type { ClaudeSetup } from '../warm/claude-setup.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { code, text } from './show-text.ts';

/** What finding a session's conversation calls. */
export interface DeskLineNeeds {
  readonly store: Pick<SessionStore, 'paths' | 'peekMetadata'>;
  readonly claude: Pick<ClaudeSetup, 'command' | 'configDir' | 'environment'>;
}

/** The line with which a session is continued in a terminal. */
export async function deskLine(session: string, { store, claude }: DeskLineNeeds): Promise<Shown> {
  const metadata = await store.peekMetadata(session);
  if (!metadata) return text(words.unreadable(session));
  const { configDir, environment } = claude;
  const { claudeSessionId, lastRow } = metadata;
  if (!(await keepsConversation({ configDir, environment, claudeSessionId })))
    return text(lastRow === undefined ? words.nothingToContinue(session) : words.historyGone('missing'));
  const { workspace, memory } = store.paths(session);
  const settings = launchSettings(metadata.directory === undefined ? { memoryDir: memory } : {});
  const line = `cd ${shellWord(metadata.directory ?? workspace)} && ${claude.command} --settings ${shellWord(settings)} --resume ${claudeSessionId}`;
  const note = words.atTheDesk(code(hostname()), metadata.status === 'active');
  return { kind: 'markdown', text: `${fenced(line, 'sh')}\n\n${note}` };
}
