import type { Method } from '../calls/method.ts';
import { MAX_DOWNLOAD } from '../cloud/file-store.ts';
import { badRequest } from '../protocol/errors.ts';

/** The bot as BotFather would describe it: it reads everything in groups. */
export const getMe: Method = (cloud) => ({
  ...cloud.me,
  can_join_groups: true,
  can_read_all_group_messages: true,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
});

/** Also shows a chat that has blocked the bot: looking is not writing. */
export const getChat: Method = (cloud, { params }) => {
  const { chat } = cloud.chats.forBot(params.text('chat_id'), { toWrite: false });
  return { ...chat, accent_color_id: 0, max_reaction_count: 11 };
};

/** Tells who has left from who was never there. */
export const getChatMember: Method = (cloud, { params }) => {
  const record = cloud.chats.forBot(params.text('chat_id'), { toWrite: false });
  const id = params.integer('user_id') ?? 0;
  if (id === cloud.me.id)
    return { status: record.chat.type === 'private' ? 'member' : 'administrator', user: cloud.me };
  const user = cloud.chats.people().find((person) => person.id === id);
  if (user === undefined) throw badRequest('PARTICIPANT_ID_INVALID');
  return { status: record.members.has(id) ? 'member' : 'left', user };
};

/** Gives a path only for what may be downloaded, 20 MB at most. */
export const getFile: Method = (cloud, { params }) => {
  const file = cloud.files.byId(params.text('file_id') ?? '');
  if (file === undefined) throw badRequest('wrong file_id or the file is temporarily unavailable');
  if (file.data.byteLength > MAX_DOWNLOAD) throw badRequest('file is too big');
  const { file_id, file_unique_id, file_size } = file.ref;
  return { file_id, file_unique_id, file_size, file_path: file.path };
};
