import type { Method } from '../cloud/cloud.ts';
import { getChat, getChatMember, getFile, getMe } from './about.ts';
import { answerCallbackQuery } from './answer-callback.ts';
import { deleteMyCommands, getMyCommands, setMyCommands } from './bot-commands.ts';
import {
  deleteMessage,
  deleteMessages,
  editMessageCaption,
  editMessageReplyMarkup,
  editMessageText,
} from './edit-message.ts';
import { sendChatAction, sendMessageDraft } from './live.ts';
import { setMessageReaction } from './react.ts';
import { sendDocument, sendMediaGroup, sendPhoto } from './send-files.ts';
import { sendMessage } from './send-message.ts';
import { closeForumTopic, createForumTopic, editForumTopic, reopenForumTopic } from './topics.ts';
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './updates.ts';

const METHODS: Readonly<Record<string, Method>> = {
  answerCallbackQuery,
  closeForumTopic,
  createForumTopic,
  deleteMessage,
  deleteMessages,
  deleteMyCommands,
  deleteWebhook,
  editForumTopic,
  editMessageCaption,
  editMessageReplyMarkup,
  editMessageText,
  getChat,
  getChatMember,
  getFile,
  getMe,
  getMyCommands,
  getUpdates,
  getWebhookInfo,
  reopenForumTopic,
  sendChatAction,
  sendDocument,
  sendMediaGroup,
  sendMessage,
  sendMessageDraft,
  sendPhoto,
  setMessageReaction,
  setMyCommands,
  setWebhook,
};

const BY_LOWER_CASE = new Map(Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), { name, method }]));

/** The method of that name, whatever its case, with its name as documented. */
export function findMethod(name: string): { name: string; method: Method } | undefined {
  return BY_LOWER_CASE.get(name.toLowerCase());
}
