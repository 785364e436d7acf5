import type { Queues } from '@signalbox/queues';
import type { Log, Redact } from '@signalbox/service';
import type { PersonaLibrary, SessionStore } from '@signalbox/sessions';
import type { ClaudeSetup } from '../warm/launch-claude.ts';
import type { Shown } from '../wording/shown.ts';

/** What answering a session's command beside its turn needs from the worker. It may be another than the one that is at the turn. */
export interface ControlParts {
  readonly store: SessionStore;
  readonly library: PersonaLibrary;
  readonly claude: ClaudeSetup;
  readonly queues: Pick<Queues, 'addJob' | 'routing'>;
  readonly redactBeginning: Redact;
  readonly pool: string;
  readonly inactivityMs: number;
  readonly log: Log;
}

export function text(words: string): Shown {
  return { kind: 'text', text: words };
}

/** Words of code within a line of Markdown, whatever is in them. */
export function code(words: string): string {
  return `\`${words.replaceAll('`', "'")}\``;
}
