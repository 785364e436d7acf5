import type { ControlJob } from '@signalbox/contracts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { aboutSession } from './about-session.ts';
import { changeSettings, showSetting } from './change-settings.ts';
import type { ControlParts } from './control-parts.ts';
import { deskLine } from './desk-line.ts';
import { exportSession } from './export-session.ts';
import { showLog } from './show-log.ts';
import { showUsage } from './show-usage.ts';
import { showPersona, switchPersona } from './switch-persona.ts';

/** What is answered to a command about a session that is there. Done again it leads to the same. Throws what the file system throws. */
export async function answerControl(job: Exclude<ControlJob, { kind: 'allow' }>, parts: ControlParts): Promise<Shown> {
  const { session } = job;
  switch (job.kind) {
    case 'about':
      return aboutSession(session, parts);
    case 'set':
      return changeSettings(session, job.change, parts);
    case 'show-setting':
      return showSetting(session, job.setting, parts);
    case 'persona':
      return job.persona === undefined ? showPersona(session, parts) : switchPersona(session, job.persona, parts);
    case 'usage':
      return showUsage(session, parts);
    case 'export':
      return exportSession(session, parts);
    case 'desk':
      return deskLine(session, parts);
    case 'log':
      return showLog(session, parts);
    case 'ask-delete':
      return askDelete(session, job.confirmed);
  }
}

function askDelete(session: string, confirmed: string): Shown {
  const remove = { label: 'Delete', act: { do: 'command', text: confirmed } } as const;
  const keep = { label: 'Keep', act: { do: 'settle' } } as const;
  return { kind: 'menu', text: words.askDelete(session, confirmed), plain: true, rows: [[remove, keep]], once: true };
}
