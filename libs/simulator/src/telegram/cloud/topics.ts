import type { ApiCall } from '../protocol/api-call.ts';
import type { User } from '../protocol/api-types.ts';
import type { ChatRecord, Topic } from './chats.ts';
import type { Cloud } from './cloud.ts';
import type { MessageRecord } from './shown-message.ts';

const COLORS = [0x6fb9f0, 0xffd67e, 0xcb86db, 0x8eee98, 0xff93b2, 0xfb6f5f];

/** Makes a topic. Its id is that of the message which says so. */
export function addTopic(
  cloud: Cloud,
  record: ChatRecord,
  { name, from, call }: { name: string; from: User; call?: ApiCall },
): { topic: Topic; created: MessageRecord } {
  const iconColor = COLORS[record.topics.size % COLORS.length] ?? 0;
  const service = { chat: record.chat, from, forum_topic_created: { name, icon_color: iconColor } };
  const created = cloud.messages.add(service, { call });
  const id = created.message.message_id;
  cloud.messages.place(created, id);
  const topic = { id, name, iconColor, closed: false };
  record.topics.set(id, topic);
  cloud.tell({ kind: 'chats' });
  return { topic, created };
}
