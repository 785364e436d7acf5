import type { OfferedModel } from '@signalbox/claude';
import type { Questions, Routing } from '@signalbox/queues';
import type { Redact } from '@signalbox/service';
import type { PersonaLibrary, SessionStore } from '@signalbox/sessions';
import type { ClaudeSetup } from '../warm/claude-setup.ts';
import type { Billing } from '../wording/money.ts';
import type { SettingLimits } from './describe-setting.ts';

/** What the answers call, each some of it. It may be another worker than the one that is at the turn. */
export interface AnswerControlNeeds extends SettingLimits {
  readonly store: Pick<
    SessionStore,
    'paths' | 'names' | 'peekMetadata' | 'peekPersona' | 'peekSettings' | 'peekUsage'
  > &
    Pick<SessionStore, 'readSettings' | 'writeSettings' | 'writePersona'>;
  readonly library: Pick<PersonaLibrary, 'list' | 'read'>;
  readonly claude: Pick<ClaudeSetup, 'command' | 'configDir' | 'environment'>;
  readonly changeCard: Routing['changeCard'];
  readonly listOpen: Questions['listOpen'];
  readonly redactBeginning: Redact;
  readonly pool: string;
  readonly billing: Billing;
  /** The models that the CLI offers; none if it does not say. Throws `ClaudeError` if it cannot be asked. */
  offeredModels(): Promise<readonly OfferedModel[]>;
}
