import type { ControlJob } from '@signalbox/contracts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { aboutSession } from './about-session.ts';
import { revokeRule } from './allowed-rules.ts';
import type { AnswerControlNeeds } from './answer-control-needs.ts';
import { askAboutModel } from './ask-about-model.ts';
import { changeSettings, showSetting } from './change-settings.ts';
import { deskLine } from './desk-line.ts';
import { exportSession } from './export-session.ts';
import { showLog } from './show-log.ts';
import { showTurns } from './show-turns.ts';
import { showUsage } from './show-usage.ts';
import { showPersona, switchPersona } from './switch-persona.ts';

/** A command that is answered with words. */
export type AskingJob = Exclude<ControlJob, { kind: 'allow' }>;

/** What is answered to a command about a session that is there. Done again it leads to the same. Throws what the file system throws. */
export async function answerControl(job: AskingJob, needs: AnswerControlNeeds): Promise<Shown> {
  const { session } = job;
  switch (job.kind) {
    case 'about':
      return aboutSession(session, needs);
    case 'set':
      return (await askAboutModel(session, job, needs)) ?? changeSettings(session, job.change, needs);
    case 'show-setting':
      return showSetting(session, job.setting, needs);
    case 'revoke':
      return showSetting(session, 'mode', needs, await revokeRule(job, needs.store));
    case 'persona':
      return job.persona === undefined ? showPersona(session, needs) : switchPersona(session, job.persona, needs);
    case 'usage':
      return showUsage(session, needs);
    case 'export':
      return exportSession(session, needs);
    case 'desk':
      return deskLine(session, needs);
    case 'turns':
      return showTurns(session, needs);
    case 'log':
      return showLog(session, needs);
    case 'ask-delete':
      return askDelete(session, job.confirmed);
  }
}

function askDelete(session: string, confirmed: string): Shown {
  const remove = { label: 'Delete', act: { do: 'command', text: confirmed } } as const;
  const keep = { label: 'Keep', act: { do: 'settle' } } as const;
  return { kind: 'menu', text: words.askDelete(session, confirmed), plain: true, rows: [[remove, keep]], once: true };
}
