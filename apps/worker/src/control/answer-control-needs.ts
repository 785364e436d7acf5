import type { Routing } from '@signalbox/queues';
import type { Redact } from '@signalbox/service';
import type { PersonaLibrary, SessionStore } from '@signalbox/sessions';
import type { ClaudeSetup } from '../warm/launch-claude.ts';
import type { SettingLimits } from './describe-setting.ts';

/** What the answers call, each some of it. It may be another worker than the one that is at the turn. */
export interface AnswerControlNeeds extends SettingLimits {
  readonly store: Pick<
    SessionStore,
    'paths' | 'names' | 'peekMetadata' | 'peekPersona' | 'peekSettings' | 'peekUsage'
  > &
    Pick<SessionStore, 'readSettings' | 'writeSettings' | 'writePersona'>;
  readonly library: Pick<PersonaLibrary, 'list' | 'read'>;
  readonly claude: Pick<ClaudeSetup, 'configDir' | 'environment'>;
  readonly changeCard: Routing['changeCard'];
  readonly redactBeginning: Redact;
  readonly pool: string;
}
