import type { ChatRecord, Topic } from '../cloud/chats.ts';
import type { User } from '../protocol/api-types.ts';

/** A chat in the list of chats. */
type ShownChat = {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  title: string;
  members: number[];
  topics: Topic[];
  isForum: boolean;
  blocked: boolean;
};

/** Who and what there is, anew at each look. */
export type Roster = { readonly users: User[]; readonly chats: ShownChat[] };

/** A chat as the list of chats shows it: a snapshot. */
export function showChat(record: ChatRecord): ShownChat {
  const { chat, members, topics, hasTopics, blocked } = record;
  return {
    id: chat.id,
    type: chat.type,
    title: titleOf(record),
    members: [...members],
    topics: [...topics.values()],
    isForum: hasTopics,
    blocked,
  };
}

/** What people call a chat: the title of a group, the name of a person. */
export function titleOf({ chat }: ChatRecord): string {
  return chat.title ?? [chat.first_name, chat.last_name].filter((name) => name !== undefined).join(' ');
}
