import type { Call, Method } from '../calls/method.ts';
import type { ChatRecord, Topic } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { addTopic } from '../cloud/topics.ts';
import { badRequest } from '../protocol/errors.ts';
import type { Params } from '../protocol/params.ts';

/** The new topic has the id of the message that says it was made. */
export const createForumTopic: Method = (cloud, { params, log }) => {
  const record = readForum(cloud, params);
  const name = params.text('name')?.trim() ?? '';
  if (name === '' || name.length > 128) throw badRequest('TOPIC_NAME_INVALID');
  const { topic } = addTopic(cloud, record, { name, from: cloud.me, call: log });
  return { message_thread_id: topic.id, name: topic.name, icon_color: topic.iconColor };
};

/** Renames; the chat shows a line that says so. */
export const editForumTopic: Method = (cloud, { params, log }) => {
  const record = readForum(cloud, params);
  const topic = readTopic(record, params);
  const name = params.text('name')?.trim() ?? '';
  if (name === '' || name === topic.name) throw badRequest('TOPIC_NOT_MODIFIED');
  topic.name = name;
  note(cloud, record, topic, { forum_topic_edited: { name } }, log);
  return true;
};

/** From now on messages to the topic are refused. */
export const closeForumTopic: Method = (cloud, { params, log }) => {
  const record = readForum(cloud, params);
  const topic = readTopic(record, params);
  if (topic.closed) throw badRequest('TOPIC_NOT_MODIFIED');
  note(cloud, record, topic, { forum_topic_closed: {} }, log);
  topic.closed = true;
  return true;
};

/** Undoes `closeForumTopic`; shows no line of its own. */
export const reopenForumTopic: Method = (cloud, { params }) => {
  const topic = readTopic(readForum(cloud, params), params);
  if (!topic.closed) throw badRequest('TOPIC_NOT_MODIFIED');
  topic.closed = false;
  cloud.tell({ kind: 'chats' });
  return true;
};

/** Its messages go with it. */
export const deleteForumTopic: Method = (cloud, { params, log }) => {
  const record = readForum(cloud, params);
  const topic = readTopic(record, params);
  record.topics.delete(topic.id);
  for (const message of cloud.messages.list(record.chat.id))
    if (message.message.message_thread_id === topic.id && !message.deleted) cloud.messages.remove(message, log);
  cloud.tell({ kind: 'chats' });
  return true;
};

function readForum(cloud: Cloud, params: Params): ChatRecord {
  const record = cloud.chats.forBot(params.text('chat_id'));
  if (!record.hasTopics) throw badRequest('the chat is not a forum');
  return record;
}

function readTopic(record: ChatRecord, params: Params): Topic {
  const topic = record.topics.get(params.integer('message_thread_id') ?? 0);
  if (topic === undefined) throw badRequest('message thread not found');
  return topic;
}

type Note = { forum_topic_edited: { name: string } } | { forum_topic_closed: Record<string, never> };

function note(cloud: Cloud, { chat }: ChatRecord, topic: Topic, what: Note, call: Call['log']): void {
  const message = { chat, from: cloud.me, message_thread_id: topic.id, is_topic_message: true as const, ...what };
  cloud.messages.add(message, { call });
  cloud.tell({ kind: 'chats' });
}
