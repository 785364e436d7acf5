import type { Place } from '@signalbox/contracts';
import { z } from 'zod';

const named = z.looseObject({ name: z.string().min(1) });
const topicSchema = z.looseObject({
  chat: z.looseObject({ id: z.number().int() }),
  is_topic_message: z.literal(true),
  message_thread_id: z.number().int(),
  forum_topic_created: named.optional().catch(undefined),
  forum_topic_edited: named.optional().catch(undefined),
  reply_to_message: z.looseObject({ forum_topic_created: named.optional().catch(undefined) }).optional(),
});

/**
 * What an update tells of the name of the topic that it comes from: when one is made or gets another name, and in any message there, which
 * formally replies to the making. `isFirst`: it is the name that the topic was made with.
 */
export function topicOf({
  message,
}: {
  readonly message?: unknown;
}): { place: Place; name: string; isFirst: boolean } | undefined {
  const read = topicSchema.safeParse(message).data;
  if (!read) return undefined;
  const renamed = read.forum_topic_edited?.name;
  const name = renamed ?? read.forum_topic_created?.name ?? read.reply_to_message?.forum_topic_created?.name;
  const place = { chatId: read.chat.id, threadId: read.message_thread_id };
  return name === undefined ? undefined : { place, name, isFirst: renamed === undefined };
}
