import { type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob } from '@signalbox/queues';
import type { Expectations } from '../asking/expectations.ts';
import type { TelegramFailure } from '../telegram/telegram-api.ts';
import { isTopicClosed } from '../telegram/topic-gone.ts';
import type { TopicNames } from '../telegram/topic-names.ts';
import { words } from '../wording/words.ts';
import { expectedFor } from './add-buttons.ts';
import type { Delivery } from './delivery.ts';

/** What leaving a topic calls. */
export interface LeaveDependencies {
  readonly topicNames: Pick<TopicNames, 'find'>;
  readonly expectations: Pick<Expectations, 'set'>;
  readonly addJob: AddJob;
}

/**
 * A reply's topic is closed or was deleted, so it is shown in the chat itself: a text that is waited for is waited for there too, and a
 * button binds the session there. Resolves to the line that says where it comes from; nothing if that is not known.
 */
export async function leaveTopic(
  reply: Reply,
  refusal: TelegramFailure,
  { replyId, surely }: Pick<Delivery, 'replyId' | 'surely'>,
  { topicNames, expectations, addJob }: LeaveDependencies,
): Promise<string | undefined> {
  const { place, session, version } = reply;
  const chat = { chatId: place.chatId };
  const name = await surely(() => topicNames.find(place));
  const expected = expectedFor(reply, replyId);
  if (expected) await surely(() => expectations.set(chat, expected.userId, expected.expectation));
  if (session !== undefined) {
    const bind = { label: words.talkHere(session), act: { do: 'command', text: `/session ${session}` } } as const;
    const data: Reply = {
      ...{ version: Math.min(version, SINCE.menu), kind: 'menu', place: chat, session },
      ...{ text: words.topicIsGone(session), plain: true, once: true, rows: [[bind]] },
    };
    // The same id for the topic and the session: it is offered once.
    const id = `topic-gone-${place.threadId}-${session}`;
    await surely(() => addJob(replyQueue(place.chatId), { id, name: 'menu', data }));
  }
  if (session === undefined && name === undefined) return undefined;
  return words.fromTopic(session, name, isTopicClosed(refusal));
}
