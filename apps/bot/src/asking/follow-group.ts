import { noticeReplyId, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob, MovedChats } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { MovedGroups } from '../telegram/moved-groups.ts';
import type { Say } from '../telegram/say.ts';
import { words } from '../wording/words.ts';
import { isUnanswered } from './copy-asked.ts';
import type { KeptQuestion } from './keep-questions.ts';

/** What following a group calls. Each rejects with Redis's error. */
interface FollowDependencies {
  readonly moved: Pick<MovedGroups, 'note'>;
  readonly movePlacesOfChat: MovedChats['movePlacesOfChat'];
  /** Copies what is asked in a chat to another; see `copyAsked`. */
  copyAsked(from: number, to: number): Promise<readonly KeptQuestion[]>;
  /** Whether the message of a question was sent in a chat. */
  wasShown(chatId: number, questionId: string): Promise<boolean>;
  readonly addJob: AddJob;
  readonly say: Say;
  readonly log: Log;
  /** Who is told of the new id; `undefined`: nobody is known. */
  readonly ownerId: number | undefined;
}

/** Goes along with a group that became a supergroup. Rejects with Redis's error, and is then to be done again. */
export type FollowGroup = (from: number, to: number) => Promise<void>;

/**
 * Every step may be done again, by several at once, whoever heard of it: Telegram tells of it, and refuses what is sent to the old id. That
 * it is noted comes last, so that what is noted is done.
 */
export function createFollowGroup(dependencies: FollowDependencies): FollowGroup {
  const { moved, movePlacesOfChat, copyAsked, wasShown, addJob, say, log, ownerId } = dependencies;
  return async (from, to) => {
    await movePlacesOfChat(from, to);
    await say(noticeReplyId(String(from), 'moved'), { chatId: to }, words.groupMoved);
    for (const question of (await copyAsked(from, to)).filter(isUnanswered)) {
      const { questionId, shown } = question.asked;
      // One that was not shown yet comes by itself.
      if (!(await wasShown(from, questionId))) continue;
      const data: Reply = { version: SINCE.again, kind: 'again', place: { chatId: to }, text: shown.text, questionId };
      await addJob(replyQueue(to), { id: questionId, name: 'again', data });
    }
    if (ownerId !== undefined)
      await say(noticeReplyId(String(from), 'new-id'), { chatId: ownerId }, words.newGroupId(from, to));
    log.warn({ from, to }, `A group became a supergroup: put ${to} into TELEGRAM_ALLOWED_CHATS in place of ${from}`);
    await moved.note(from, to);
  };
}
