import { type FileRef, isTooLarge, sessionQueue } from '@signalbox/contracts';
import { addressSession, speakerOf } from '../deciding/address-session.ts';
import { completeReplied } from '../deciding/complete-replied.ts';
import { type Decision, type Heard, type Spoken, wordsOf } from '../deciding/decision.ts';
import type { Snapshot } from '../deciding/snapshot.ts';
import { keepMessage, messageJob } from '../keeping/keep-message.ts';
import { type Fate, words } from '../wording/words.ts';
import type { Said } from './reading/incoming.ts';

/** Passes a text on to Claude, in the session that it is for; where there is none, it is kept. Pure. */
export function toSession(spoken: Spoken, snapshot: Snapshot): Decision {
  const { sessions, kept } = snapshot;
  const { origin, forwardedFrom, files, album, talk } = spoken;
  const replied = completeReplied(spoken, snapshot);
  const marks = {
    ...(forwardedFrom === undefined ? {} : { forwardedFrom }),
    ...(replied === undefined ? {} : { replied }),
    ...(talk === undefined ? {} : { talk }),
    ...(files === undefined ? {} : { files: [...files] }),
    ...(album === undefined ? {} : { album }),
  };
  const written = { origin, text: wordsOf(spoken), ...marks };
  const missing = replied?.missing === undefined ? [] : [words.repliedMissing(replied.missing)];
  const addressed = addressSession(sessions);
  if ('say' in addressed)
    return speakerOf(sessions) === undefined ? saying(missing, keepMessage(written, kept)) : addressed;
  const { name, pool } = addressed.card;
  const enqueue = { queue: sessionQueue(name, pool), job: messageJob(name, written) };
  return saying([...(addressed.isOther ? [words.toOther(name)] : []), ...missing], { enqueue });
}

/** A file that is too large is said at once. Claude hears of it if there is anything else for it. Pure. */
export function withFiles(spoken: Spoken, files: readonly FileRef[], snapshot: Snapshot): Decision {
  const tooLarge = files.filter(isTooLarge);
  if (tooLarge.length === 0) return toSession(spoken, snapshot);
  const isNothingLeft = tooLarge.length === files.length && spoken.text.trim() === '';
  if (isNothingLeft) return { say: words.tooLarge(tooLarge, undefined) };
  const decision = toSession(spoken, snapshot);
  const fate = fateOf(decision);
  return fate === undefined ? decision : saying([decision.say, words.tooLarge(tooLarge, fate)], decision);
}

/** What is said of a kind that cannot be taken; its caption goes where a text would. Pure. */
export function decideUnsupported(
  incoming: Extract<Said, { kind: 'unsupported' }> & Heard,
  snapshot: Snapshot,
): Decision {
  const { caption, what } = incoming;
  if (caption === undefined) return { say: words.unsupported(what, undefined) };
  const decision = toSession({ ...incoming, text: caption }, snapshot);
  const fate = fateOf(decision);
  return fate === undefined ? decision : saying([decision.say, words.unsupported(what, fate)], decision);
}

/** The decision with these words to be said at once. */
function saying(said: readonly (string | undefined)[], decision: Decision): Decision {
  const say = said.filter(Boolean).join('\n\n');
  return say === '' ? decision : { ...decision, say };
}

/** Whether what was written reaches Claude, or is kept for it; `undefined`: neither. */
function fateOf({ enqueue, kept }: Decision): Fate | undefined {
  if (enqueue !== undefined) return 'was passed on';
  return kept === undefined ? undefined : 'is kept';
}
