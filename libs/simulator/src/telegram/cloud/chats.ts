import type { Chat, User } from '../protocol/api-types.ts';
import { badRequest, groupWasUpgraded, TelegramError } from '../protocol/errors.ts';

/** A person of the simulated Telegram. Their private chat with the bot has the same id. */
export type Person = {
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  /** Whether their private chat has topics, as the bot's owner can allow. */
  hasTopics?: boolean;
};

/** A topic of a group, or of a private chat that has them. Its id is that of the message which says it was made. */
export type Topic = { id: number; name: string; iconColor: number; closed: boolean };

/** A group as it is made. `forum`: it has topics. `basic`: it is no supergroup, and can become one. */
export type NewGroup = { id: number; title: string; forum: boolean; members: readonly number[]; basic?: boolean };

/** A chat and who is in it. */
export type ChatRecord = {
  chat: Chat;
  members: Set<number>;
  topics: Map<number, Topic>;
  hasTopics: boolean;
  /** A bot cannot write to a person who never wrote to it. */
  started: boolean;
  /** True while the person has blocked the bot. */
  blocked: boolean;
  /** The supergroup that the group has become. */
  upgradedTo?: number;
};

/** The first of the people there are unless others are named. Tests and the demo know her. */
export const ANN: Person = { id: 1001, firstName: 'Ann', username: 'ann_home' };
/** The second of them, for what needs two people. */
export const BOB: Person = { id: 1002, firstName: 'Bob', username: 'bob_home' };
/** The group they are in. */
export const GROUP_ID = -1_000_000_000_001;
/** What the group is called. */
export const GROUP_TITLE = 'Homelab';

/** Who and what exists: people, their private chats, groups. */
export type Chats = {
  addPerson(person: Person, options?: { started?: boolean }): void;
  addGroup(group: NewGroup): ChatRecord;
  /** @throws Error if nobody has this id */
  user(id: number): User;
  people(): User[];
  /** @throws TelegramError as the Bot API does for a chat the bot cannot see or write to */
  forBot(id: number | string | undefined, options?: { toWrite?: boolean }): ChatRecord;
  /** @throws Error if there is none */
  get(id: number): ChatRecord;
  all(): ChatRecord[];
  /** Puts who and what there was before a restart in the place of all that there is. */
  restore(users: readonly User[], records: readonly ChatRecord[]): void;
};

/** A Telegram with nobody in it. */
export function createChats(): Chats {
  const users = new Map<number, User>();
  const chats = new Map<number, ChatRecord>();
  const record = (chat: Chat, members: readonly number[], started: boolean, hasTopics = false): ChatRecord => {
    const made = { chat, members: new Set(members), topics: new Map(), hasTopics, started, blocked: false };
    chats.set(chat.id, made);
    return made;
  };
  return {
    addPerson(person, { started = true } = {}) {
      const names = {
        first_name: person.firstName,
        ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
        ...(person.username === undefined ? {} : { username: person.username }),
      };
      users.set(person.id, { id: person.id, is_bot: false, ...names, language_code: 'en' });
      record({ id: person.id, type: 'private', ...names }, [person.id], started, person.hasTopics);
    },
    addGroup({ id, title, forum, members, basic = false }) {
      const chat: Chat = {
        id,
        type: basic ? 'group' : 'supergroup',
        title,
        ...(forum ? { is_forum: true as const } : {}),
      };
      return record(chat, members, true, forum);
    },
    user(id) {
      const user = users.get(id);
      if (user === undefined)
        throw new Error(`No simulated user has the id ${id}; there are: ${[...users.keys()].join(', ')}`);
      return user;
    },
    people: () => [...users.values()],
    forBot(id, { toWrite = true } = {}) {
      if (id === undefined || id === '') throw badRequest('chat_id is empty');
      const found = chats.get(Number(id));
      if (found === undefined || !found.started) throw badRequest('chat not found');
      if (toWrite && found.upgradedTo !== undefined) throw groupWasUpgraded(found.upgradedTo);
      if (toWrite && found.blocked) throw new TelegramError(403, 'Forbidden: bot was blocked by the user');
      return found;
    },
    get(id) {
      const found = chats.get(id);
      if (found === undefined)
        throw new Error(`There is no simulated chat ${id}; there are: ${[...chats.keys()].join(', ')}`);
      return found;
    },
    all: () => [...chats.values()],
    restore(people, records) {
      users.clear();
      chats.clear();
      for (const user of people) users.set(user.id, user);
      for (const each of records) chats.set(each.chat.id, each);
    },
  };
}
