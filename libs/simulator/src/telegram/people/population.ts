import type { NewGroup, Person } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { enter } from './post-message.ts';

/** Who there is, and who wants nothing of the bot. */
export type Population = {
  addPerson(person: Person, options?: { started?: boolean }): void;
  addGroup(group: NewGroup): void;
  /** Makes a supergroup of a basic group, as its creator can. `to`: its new id. Returns the ids of the two updates that tell of it. */
  upgrade(group: { from: number; chat: number; to: number }): (number | undefined)[];
  /** Blocks the bot: it gets 403 from now on. */
  block(userId: number): void;
  unblock(userId: number): void;
};

/** Makes what changes who is in this cloud. */
export function createPopulation(cloud: Cloud): Population {
  return {
    addPerson(person, options) {
      cloud.chats.addPerson(person, options);
      cloud.tell({ kind: 'chats' });
    },
    addGroup(group) {
      cloud.chats.addGroup(group);
      cloud.tell({ kind: 'chats' });
    },
    upgrade: (group) => upgrade(cloud, group),
    block: (userId) => setBlocked(cloud, userId, true),
    unblock: (userId) => setBlocked(cloud, userId, false),
  };
}

function upgrade(cloud: Cloud, { from, chat, to }: { from: number; chat: number; to: number }): (number | undefined)[] {
  const { chats, messages, updates, tell } = cloud;
  const old = enter(cloud, { from, chat });
  if (old.chat.type !== 'group') throw new Error(`Chat ${chat} is no basic group`);
  const group = chats.addGroup({ id: to, title: old.chat.title ?? '', forum: false, members: [...old.members] });
  const user = chats.user(from);
  const left = messages.add({ chat: old.chat, from: user, migrate_to_chat_id: to });
  const begun = messages.add({ chat: group.chat, from: user, migrate_from_chat_id: chat });
  old.upgradedTo = to;
  tell({ kind: 'chats' });
  return updates.add([left, begun].map(({ message }) => ({ message })));
}

function setBlocked(cloud: Cloud, userId: number, blocked: boolean): void {
  const record = cloud.chats.get(userId);
  if (record.blocked === blocked) return;
  record.blocked = blocked;
  const member = (isIn: boolean) => ({
    status: isIn ? 'member' : 'kicked',
    user: cloud.me,
    ...(isIn ? {} : { until_date: 0 }),
  });
  const change = { old_chat_member: member(blocked), new_chat_member: member(!blocked) };
  const date = Math.floor(Date.now() / 1000);
  cloud.updates.add([{ my_chat_member: { chat: record.chat, from: cloud.chats.user(userId), date, ...change } }]);
  cloud.tell({ kind: 'chats' });
}
