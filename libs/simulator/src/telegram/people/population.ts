import type { NewGroup, Person } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';

/** Who there is, and who wants nothing of the bot. */
export type Population = {
  addPerson(person: Person, options?: { started?: boolean }): void;
  addGroup(group: NewGroup): void;
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
    block: (userId) => setBlocked(cloud, userId, true),
    unblock: (userId) => setBlocked(cloud, userId, false),
  };
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
