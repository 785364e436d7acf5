import { type FileRef, noticeReplyId, type Written } from '@signalbox/contracts';
import { type Decision, wordsOf } from '../deciding/decision.ts';
import type { Snapshot } from '../deciding/snapshot.ts';
import { words } from '../wording/words.ts';
import type { Said } from './reading/incoming.ts';

type Edit = Extract<Said, { kind: 'edited' }>;

/**
 * What waits becomes what it reads now. `undefined`: nothing was changed, for Telegram also tells of what is none of what was sent, such as a
 * preview of a link. Pure.
 */
export function decideEdit(incoming: Edit, { edited, kept }: Snapshot): Decision | undefined {
  const waits = kept.find(({ origin }) => origin.messageId === incoming.origin.messageId);
  const before = edited?.job ?? waits;
  if (!before) return decideInVain(incoming);
  if (before.text === wordsOf(incoming) && areSame(before.files, incoming.files)) return undefined;
  if (!edited && waits)
    return { kept: { change: rewritten(waits, incoming) }, ...(incoming.isMoving ? {} : { say: words.editedKept }) };
  if (!edited) return undefined;
  const job = rewritten(edited.job, incoming);
  // Somebody on the move is not told at each step.
  if (incoming.isMoving) return { edit: { ...edited, job, otherwise: {} } };
  return { edit: { ...edited, job, otherwise: { say: words.editTooLate } }, say: words.edited };
}

/** Telegram edits a message itself when it has the preview of a link, as a rule within so long, in ms. */
const PREVIEW_WITHIN_MS = 5_000;
/** What Telegram may take for a link. */
const LINK = /[\p{L}\d]\.\p{L}{2,}/u;

/**
 * What has answered a question, a command, or what is long done is known no more, so whether a person has changed it can only be
 * guessed. In a group it may have been for others.
 */
function decideInVain({ origin, text, isMoving, editedAt }: Edit): Decision | undefined {
  const { place, userId, messageId, sentAt } = origin;
  const isByPerson = editedAt !== undefined && editedAt - sentAt > PREVIEW_WITHIN_MS && !LINK.test(text);
  if (place.chatId !== userId || isMoving || !isByPerson) return undefined;
  return { say: words.editInVain, sayId: noticeReplyId(String(messageId), 'edit-in-vain') };
}

/** What was written before, as it reads now. */
function rewritten<Message extends Written>({ files: _, ...before }: Message, now: Edit) {
  return { ...before, text: wordsOf(now), ...(now.files ? { files: [...now.files] } : {}) };
}

type Files = readonly FileRef[] | undefined;

function areSame(before: Files = [], after: Files = []): boolean {
  return before.length === after.length && before.every(({ uniqueId }, index) => after[index]?.uniqueId === uniqueId);
}
