import { expect, it } from 'vitest';
import { GROUP, group, ME, textUpdate } from '../../../testing/updates.ts';
import { topicOf } from './read-topic.ts';
import { readUpdate } from './read-update.ts';

const created = (name: string) => ({ forum_topic_created: { name, icon_color: 1 } });
const there = { chat: group(), message_thread_id: 9, is_topic_message: true };
const named = (more: object) => {
  const update = readUpdate(textUpdate(ME, 'hello', more));
  return update && topicOf(update);
};
const place = { chatId: GROUP, threadId: 9 };

it('the name of a topic is told by any message there, by its making and by each new name', () => {
  const replying = { ...there, reply_to_message: { message_id: 9, ...created('Servers') } };
  expect(named(replying)).toEqual({ place, name: 'Servers', isFirst: true });
  expect(named({ ...there, ...created('Servers') })).toEqual({ place, name: 'Servers', isFirst: true });
  expect(named({ ...there, forum_topic_edited: { name: 'Racks' } })).toEqual({ place, name: 'Racks', isFirst: false });
});

it('other messages tell of none', () => {
  expect(named({})).toBeUndefined();
  expect(named({ ...there, reply_to_message: { message_id: 5, text: 'x' } })).toBeUndefined();
  expect(named({ ...there, forum_topic_edited: {} })).toBeUndefined();
});
