import { Telegram, TelegramError } from 'telegraf';
import type { FormattedText } from '../rendering/text/formatted-text.ts';
import type { Keyboard } from './keyboard.ts';

/** The calls that the bot makes. Each rejects with `TelegramFailure`. */
export interface TelegramApi {
  getMe(): Promise<{ id: number; username: string }>;
  /** Long poll; `timeoutSeconds` is how long the server may hold the request. */
  getUpdates(offset: number, timeoutSeconds: number, signal: AbortSignal): Promise<unknown[]>;
  /** Where a file can be downloaded, as a path of the Bot API server; valid for an hour. */
  getFile(fileId: string, signal: AbortSignal): Promise<string>;
  sendMessage(to: Target, message: FormattedText, keyboard?: Keyboard): Promise<number>;
  /** Sends a text file with a caption. */
  sendTextFile(to: Target, file: { name: string; content: string }, caption: FormattedText): Promise<number>;
  /** Shows another text in a message; without `keyboard` its buttons go. */
  editMessage(chatId: number, messageId: number, message: FormattedText, keyboard?: Keyboard): Promise<void>;
  /** Sends files of one kind: one as it is, several as an album. Resolves to the messages, in the same order. */
  sendFiles(
    to: Target,
    files: readonly Upload[],
    as: 'photo' | 'document',
    caption: FormattedText,
  ): Promise<SentMessage[]>;
  deleteMessage(chatId: number, messageId: number): Promise<void>;
  /** Shows a message that grows. `canStop`: with Telegram's own Stop button. A blank one is shown as “Thinking…”. */
  sendDraft(to: Target, draftId: number, message: FormattedText, options: { canStop: boolean }): Promise<void>;
  sendTyping(to: Target): Promise<void>;
  react(chatId: number, messageId: number, emoji: string): Promise<void>;
  answerButton(queryId: string, text: string): Promise<void>;
  /** Makes a forum topic; resolves to its thread's id. */
  createTopic(chatId: number, name: string): Promise<number>;
  setCommands(chatId: number, commands: readonly { command: string; description: string }[]): Promise<void>;
}

/** A file to send. */
export interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A message with a file, as Telegram shows it. */
export type SentMessage = Readonly<Record<string, unknown>> & { readonly message_id: number };

export interface Target {
  readonly chatId: number;
  readonly threadId?: number | undefined;
  readonly replyTo?: number | undefined;
  readonly silent?: boolean | undefined;
}

/**
 * Why a call failed, as far as it matters for what to do next:
 * `flood`: wait `retryAfterMs`, it was not carried out · `refused`: a 4xx, it was not carried out and will not be ·
 * `server`: a 5xx, not carried out · `unreachable`: no connection was made · `unsure`: it may have been carried out.
 */
type FailureKind = 'flood' | 'refused' | 'server' | 'unreachable' | 'unsure';

export class TelegramFailure extends Error {
  override name = 'TelegramFailure';
  readonly kind: FailureKind;
  readonly code: number | undefined;
  readonly retryAfterMs: number;
  /** The id that the group has since it became a supergroup, if that is why. */
  readonly movedTo: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    { code, retryAfterMs = 0, movedTo }: { code?: number; retryAfterMs?: number; movedTo?: number | undefined } = {},
  ) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.movedTo = movedTo;
  }
}

/** Errors of the system that mean that nothing was sent. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
]);

/** How long a call may take before its outcome counts as unsure, in ms. */
const CALL_LIMIT_MS = 30_000;

/** The slowest upload that is waited for, in bytes per ms. */
const SLOWEST_UPLOAD = 100;

/** The kinds of updates that are asked for; Telegram sends no other. */
const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'stopped_message_generation'];

type Call = (method: string, params: Record<string, unknown>, signal?: AbortSignal) => Promise<unknown>;

/** The Bot API at `apiRoot`, spoken through telegraf. The token never stands in an error. */
export function createTelegramApi(token: string, apiRoot: string): TelegramApi {
  const telegram = new Telegram(token, { apiRoot });
  const call: Call = async (method, params, signal = AbortSignal.timeout(CALL_LIMIT_MS)) => {
    try {
      // telegraf's types end at Bot API 7.1; what is called here is checked against the simulator and the documentation.
      const callApi = telegram.callApi.bind(telegram) as (m: string, p: object, o: object) => Promise<unknown>;
      return await callApi(method, withoutUndefined(params), { signal });
    } catch (error) {
      throw asFailure(method, error, token);
    }
  };
  return { ...readCalls(call), ...sendCalls(call) };
}

function readCalls(call: Call): Pick<TelegramApi, 'getMe' | 'getUpdates' | 'getFile'> {
  return {
    getMe: async () => (await call('getMe', {})) as { id: number; username: string },
    async getUpdates(offset, timeoutSeconds, signal) {
      const limit = AbortSignal.timeout((timeoutSeconds + 10) * 1_000);
      const params = { offset, timeout: timeoutSeconds, limit: 100, allowed_updates: ALLOWED_UPDATES };
      return (await call('getUpdates', params, AbortSignal.any([signal, limit]))) as unknown[];
    },
    async getFile(fileId, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(CALL_LIMIT_MS)]);
      const { file_path: path } = (await call('getFile', { file_id: fileId }, limit)) as { file_path?: string };
      if (path === undefined) throw new TelegramFailure('refused', 'Telegram gives no path for the file');
      return path;
    },
  };
}

function sendCalls(call: Call): Omit<TelegramApi, 'getMe' | 'getUpdates' | 'getFile'> {
  return {
    async sendMessage(to, message, keyboard) {
      const params = { ...target(to), ...body(message), reply_parameters: replyTo(to), reply_markup: markup(keyboard) };
      return messageId(await call('sendMessage', params));
    },
    async sendTextFile(to, file, caption) {
      const sent = await call('sendDocument', {
        ...target(to),
        document: { source: Buffer.from(file.content, 'utf8'), filename: file.name },
        caption: caption.text,
        // telegraf drops objects from multipart calls unless they are JSON already.
        caption_entities: JSON.stringify(caption.entities),
        reply_parameters: to.replyTo === undefined ? undefined : JSON.stringify(replyTo(to)),
      });
      return messageId(sent);
    },
    async editMessage(chatId, id, message, keyboard) {
      const params = { chat_id: chatId, message_id: id, ...body(message), reply_markup: markup(keyboard) };
      await call('editMessageText', params);
    },
    sendFiles: (to, files, as, caption) => sendFiles(call, to, files, as, caption),
    async deleteMessage(chatId, id) {
      await call('deleteMessage', { chat_id: chatId, message_id: id });
    },
    async sendDraft(to, draftId, { text, entities }, { canStop }) {
      const place = { chat_id: to.chatId, message_thread_id: to.threadId };
      await call('sendMessageDraft', { ...place, draft_id: draftId, text, entities, can_stop: canStop });
    },
    async sendTyping(to) {
      await call('sendChatAction', { chat_id: to.chatId, message_thread_id: to.threadId, action: 'typing' });
    },
    async react(chatId, id, emoji) {
      await call('setMessageReaction', { chat_id: chatId, message_id: id, reaction: [{ type: 'emoji', emoji }] });
    },
    async answerButton(queryId, text) {
      await call('answerCallbackQuery', { callback_query_id: queryId, text });
    },
    async createTopic(chatId, name) {
      const topic = (await call('createForumTopic', { chat_id: chatId, name })) as { message_thread_id: number };
      return topic.message_thread_id;
    },
    async setCommands(chatId, commands) {
      await call('setMyCommands', { commands, scope: { type: 'chat', chat_id: chatId } });
    },
  };
}

async function sendFiles(
  call: Call,
  to: Target,
  files: readonly Upload[],
  as: 'photo' | 'document',
  { text, entities }: FormattedText,
): Promise<SentMessage[]> {
  const media = files.map(({ name, bytes }, index) => ({
    type: as,
    media: { source: bytes, filename: name },
    // Apps show the caption of an album's first photo and of its last document below the whole.
    ...(index === (as === 'photo' ? 0 : files.length - 1) && text ? { caption: text, caption_entities: entities } : {}),
  }));
  const params = {
    ...target(to),
    reply_parameters: to.replyTo === undefined ? undefined : JSON.stringify(replyTo(to)),
  };
  const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  const limit = AbortSignal.timeout(CALL_LIMIT_MS + Math.ceil(bytes / SLOWEST_UPLOAD));
  const [first] = media;
  if (!first || media.length > 1) {
    return (await call('sendMediaGroup', { ...params, media }, limit)) as SentMessage[];
  }
  const caption = text ? { caption: text, caption_entities: JSON.stringify(entities) } : {};
  const method = as === 'photo' ? 'sendPhoto' : 'sendDocument';
  return [(await call(method, { ...params, [as]: first.media, ...caption }, limit)) as SentMessage];
}

function target(to: Target) {
  return { chat_id: to.chatId, message_thread_id: to.threadId, disable_notification: to.silent };
}

function replyTo(to: Target) {
  return to.replyTo === undefined ? undefined : { message_id: to.replyTo, allow_sending_without_reply: true };
}

function body({ text, entities }: FormattedText) {
  return { text, entities, link_preview_options: { is_disabled: true } };
}

function markup(keyboard: Keyboard | undefined) {
  if (!keyboard || keyboard.length === 0) return undefined;
  return {
    inline_keyboard: keyboard.map((row) => row.map(({ label, data }) => ({ text: label, callback_data: data }))),
  };
}

function messageId(sent: unknown): number {
  return (sent as { message_id: number }).message_id;
}

function withoutUndefined(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}

function asFailure(method: string, error: unknown, token: string): TelegramFailure {
  if (error instanceof TelegramError) {
    const { error_code: code, description, parameters } = error.response;
    const message = `Telegram refused ${method}: ${code} ${description}`;
    if (code === 429)
      return new TelegramFailure('flood', message, { code, retryAfterMs: (parameters?.retry_after ?? 1) * 1_000 });
    // A gateway that gave up waiting does not know what the server behind it did.
    if (code === 504) return new TelegramFailure('unsure', message, { code });
    const movedTo = parameters?.migrate_to_chat_id;
    return new TelegramFailure(code >= 500 ? 'server' : 'refused', message, { code, movedTo });
  }
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const kind = NEVER_CONNECTED.has(code) ? 'unreachable' : 'unsure';
  // telegraf hides the token in an error of the connection, but not in that of an answer which is no JSON.
  return new TelegramFailure(kind, `Telegram did not answer ${method}: ${message.replaceAll(token, '[token]')}`);
}
