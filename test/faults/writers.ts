import { GROUP_ID, type Person, type TelegramSimulator } from '@signalbox/simulator';

/** A person in a place of their own, where they have a session. */
export interface Writer {
  readonly from: number;
  readonly chat: number;
  readonly thread?: number;
  readonly session: string;
}

/** So many people, for the simulated Telegram. */
export function inventPeople(count: number): Person[] {
  return Array.from({ length: count }, (_, i) => ({ id: 2_001 + i, firstName: `Person ${i + 1}` }));
}

/** A writer for each person's private chat, and one for each of so many topics of the group. */
export function seatWriters(telegram: TelegramSimulator, people: readonly Person[], topics: number): Writer[] {
  const inPrivate = people.map(({ id }, i) => ({ from: id, chat: id, session: `p${i + 1}` }));
  const inTopics = people.slice(0, topics).map(({ id }, i) => {
    const { id: thread } = telegram.createTopic({ from: id, chat: GROUP_ID, name: `Topic ${i + 1}` });
    return { from: id, chat: GROUP_ID, thread, session: `t${i + 1}` };
  });
  return [...inPrivate, ...inTopics];
}
