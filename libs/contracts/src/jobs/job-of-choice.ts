import { messageUuid, triesOf } from '../base/ids.ts';
import { SINCE } from '../base/version.ts';
import type { Choice } from '../replies/act.ts';
import type { MessageJob, SessionJob } from './job.ts';

/**
 * The command that a choice about a failed message stands for, with its id: the same choice is the same job. `undefined`: it stands for none.
 * What is gone back to is named, so that it is the same one whenever the command is done.
 */
export function jobOfChoice(
  choice: Choice,
  jobId: string,
  { session, origin }: Pick<MessageJob, 'session' | 'origin'>,
): { readonly id: string; readonly data: SessionJob } | undefined {
  const id = `${jobId}-${choice}`;
  const head = { version: SINCE.lifecycle, session, origin };
  switch (choice) {
    case 'back':
      // Of a retry each try is in the conversation; it is the first one that all of them follow.
      return {
        id,
        data: { ...head, kind: 'rewind', backTo: messageUuid(jobId), tries: triesOf(jobId).map(messageUuid) },
      };
    case 'back-to-good':
      return { id, data: { ...head, kind: 'rewind', backTo: 'good' } };
    case 'compact':
    case 'clear':
      return { id, data: { ...head, kind: choice } };
    default:
      return undefined;
  }
}
