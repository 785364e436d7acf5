import type { BotCommand, CallbackQuery, User } from '../protocol/api-types.ts';
import type { ApiCall } from './call-log.ts';
import type { ChatActions } from './chat-actions.ts';
import type { Chats } from './chats.ts';
import type { Drafts } from './drafts.ts';
import type { FileStore } from './file-store.ts';
import type { MessageStore } from './message-store.ts';
import type { Params } from '../protocol/params.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Change } from './watch.ts';

/** What the bot answered to the press of a button. */
export type CallbackAnswer = {
  /** Milliseconds since the epoch. */
  at: number;
  text: string;
  showAlert: boolean;
};

/** A pressed button that waits for, or has, its answer. */
export type PressedButton = { query: CallbackQuery; at: number; answer: CallbackAnswer | undefined };

/** The state of the simulated Telegram, as the methods of the Bot API see it. */
export type Cloud = {
  me: User;
  /** Milliseconds since the epoch. */
  now: () => number;
  chats: Chats;
  messages: MessageStore;
  updates: UpdateQueue;
  files: FileStore;
  drafts: Drafts;
  actions: ChatActions;
  /** By scope: see `scopeKey`. */
  commands: Map<string, BotCommand[]>;
  presses: Map<string, PressedButton>;
  /** Tells who watches that something besides messages, drafts and actions changed. */
  tell: (change: Change) => void;
};

/** A call of a method. */
export type Call = { params: Params; log: ApiCall /** Aborted when the client is gone. */; signal: AbortSignal };

/** Carries out one method. Returns its result or throws a TelegramError. */
export type Method = (cloud: Cloud, call: Call) => unknown;
