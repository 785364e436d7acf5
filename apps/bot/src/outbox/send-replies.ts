import { type Place, type Reply, readReply } from '@signalbox/contracts';
import {
  type EndReason,
  type FileTransfers,
  JobFailed,
  type JobHandler,
  type Lease,
  requireReadable,
  type TakenJob,
} from '@signalbox/queues';
import { backoffMs, type Log, type Pause, untilDone } from '@signalbox/service';
import type { Expectations } from '../asking/expectations.ts';
import { asShown, hasButtons, keyboardOf, type Questions, rowsOf } from '../asking/questions.ts';
import { dropFiles, sendFilesPart } from '../files/send-files.ts';
import type { ChatPace } from '../telegram/chat-pace.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import { type Target, type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import { editedQuestion } from './edited-question.ts';
import { markResent, type Part, partsAnyway, plainer } from './present-parts.ts';
import type { PartState, SentJournal } from './sent-journal.ts';
import { simplifyReply } from './simplify-reply.ts';

type EditReply = Extract<Reply, { kind: 'settled' | 'refreshed' }>;

/** A question about a job. */
const ALWAYS_ONCE = { once: true, userId: undefined, textAnswers: undefined };
/** The buttons of a report lead to others. */
const STAYING = { ...ALWAYS_ONCE, once: false };

/** How long a chat's outbox is held on to after its last reply, in ms. */
const KEPT_MS = 60_000;

export interface OutboxParts {
  readonly api: TelegramApi;
  readonly journal: SentJournal;
  readonly questions: Questions;
  readonly expectations: Expectations;
  readonly transfers: FileTransfers;
  readonly gate: FloodGate;
  readonly pace: ChatPace;
  readonly pause: Pause;
  readonly log: Log;
}

/** Sends the replies of a chat in their order, each part of them once; see the journal for the one gap. */
export function createOutbox(parts: OutboxParts): JobHandler {
  const lastUsed = new Map<string, number>();
  return {
    async handle(queue, job, { lease, signal }) {
      lastUsed.set(queue, performance.now());
      return new ReplySending(parts, queue, job, lease, signal).run();
    },
    keeps: (queue) => performance.now() - (lastUsed.get(queue) ?? Number.NEGATIVE_INFINITY) < KEPT_MS,
    async leave(queue: string, _reason: EndReason) {
      lastUsed.delete(queue);
      parts.gate.forget(queue);
    },
  };
}

class ReplySending {
  readonly #parts: OutboxParts;
  readonly #queue: string;
  readonly #job: TakenJob;
  readonly #lease: Lease;
  readonly #signal: AbortSignal;

  constructor(parts: OutboxParts, queue: string, job: TakenJob, lease: Lease, signal: AbortSignal) {
    this.#parts = parts;
    this.#queue = queue;
    this.#job = job;
    this.#lease = lease;
    this.#signal = signal;
  }

  /** Resolves to the ids of the messages that show the reply. */
  async run(): Promise<{ messageIds: number[] }> {
    const reply = simplifyReply(requireReadable(readReply(this.#job.data), 'a reply'), this.#job.takeOvers);
    await this.#job.begin();
    if (reply.kind === 'settled' || reply.kind === 'refreshed') return this.#edit(reply);
    if (reply.kind === 'reaction') return this.#react(reply);
    const releaseFrames = await this.#parts.pace.holdFrames(reply.place);
    try {
      return await this.#show(reply);
    } finally {
      releaseFrames();
      // Another process goes on with a reply that this one had to leave.
      if (!this.#signal.aborted) await dropFiles(reply, this.#parts.transfers, this.#surely);
    }
  }

  async #show(reply: Reply): Promise<{ messageIds: number[] }> {
    const parts = await this.#partsOf(reply);
    const journal = await this.#readJournal();
    const messageIds: number[] = [];
    for (const [index, part] of parts.entries()) {
      const state = journal.get(index) ?? 'unsent';
      const isFirst = index === 0;
      const to = targetOf(reply, isFirst);
      const sent = typeof state === 'number' ? [state] : await this.#sendPart(index, part, to, state === 'sending');
      messageIds.push(...sent);
    }
    const { session } = reply;
    if (session !== undefined)
      await this.#surely(() => this.#parts.journal.noteSpeaker(this.#queue, messageIds, session));
    return { messageIds };
  }

  /** The last part of a question has its buttons; what they mean is kept before anybody can press them. */
  async #partsOf(reply: Reply): Promise<Part[]> {
    const { questions, expectations, log } = this.#parts;
    const parts = partsAnyway(reply, (err) => log.error({ err, reply: this.#job.id }, 'A reply could not be rendered'));
    const last = parts.at(-1);
    if (!hasButtons(reply) || last?.kind !== 'message') return parts;
    const { place } = reply;
    const { once, userId, textAnswers } =
      reply.kind === 'menu' ? reply : reply.kind === 'report' ? STAYING : ALWAYS_ONCE;
    const rows = rowsOf(reply);
    const asked = { questionId: this.#job.id, once, userId, ...asShown({ message: last.message, rows }) };
    await this.#surely(() => questions.keep(place.chatId, asked));
    if (textAnswers) await this.#surely(() => expectations.set(place, userId, textAnswers));
    const keyboard = keyboardOf(rows, questions.wordFor(this.#job.id));
    return [...parts.slice(0, -1), { ...last, keyboard }];
  }

  /** Changes an earlier message, like a reply in its turn and for certain, unless Telegram refuses it for good. */
  async #edit(reply: EditReply): Promise<{ messageIds: number[] }> {
    const { api, gate, pace, log } = this.#parts;
    const { chatId } = reply.place;
    for (let failures = 1; ; failures += 1) {
      await this.#surely(() => gate.pass(this.#queue, this.#signal));
      await pace.passReply(chatId, this.#signal);
      const edit = await this.#surely(() => editedQuestion(this.#parts, this.#queue, reply));
      // One that was frozen here must not show what was so before.
      await this.#surely(() => this.#lease.whenSure());
      if (!edit) return { messageIds: [] };
      try {
        await api.editMessage(chatId, edit.messageId, edit.message, edit.keyboard);
        await this.#surely(edit.done);
        return { messageIds: [] };
      } catch (error) {
        if (!(error instanceof TelegramFailure)) throw error;
        log.debug({ err: error }, 'The buttons of a message could not be changed');
        if (error.kind === 'refused' && !isTokenRefused(error)) return { messageIds: [] };
        if (error.kind === 'flood') pace.slowDown(chatId, error.retryAfterMs);
        await this.#waitAfter(error, failures);
      }
    }
  }

  /** A reaction is worth waiting for, not worth trying again for any other reason. */
  async #react({ place, messageIds, text }: Extract<Reply, { kind: 'reaction' }>): Promise<{ messageIds: number[] }> {
    const { api, gate, log } = this.#parts;
    for (const messageId of messageIds) {
      await this.#surely(() => gate.pass(this.#queue, this.#signal));
      try {
        await api.react(place.chatId, messageId, text);
      } catch (error) {
        if (!(error instanceof TelegramFailure)) throw error;
        log.debug({ err: error }, 'A reaction was not shown');
        if (error.kind === 'flood') await this.#surely(() => gate.close(this.#queue, error.retryAfterMs));
      }
    }
    return { messageIds: [] };
  }

  /** A reply that was never fetched before has nothing in the journal. */
  async #readJournal(): Promise<Map<number, PartState>> {
    if (!this.#job.startedBefore) return new Map();
    return this.#surely(() => this.#parts.journal.read(this.#queue, this.#job.id));
  }

  /**
   * Sends one part for certain, unless Telegram refuses it for good. `mayBeShown`: an earlier try may have come through. Resolves to the ids
   * of its messages.
   */
  async #sendPart(index: number, part: Part, target: Target, mayBeShown: boolean): Promise<number[]> {
    let form = part;
    let to = target;
    let unsure = mayBeShown;
    for (let failures = 0; ; ) {
      await this.#surely(() => this.#parts.gate.pass(this.#queue, this.#signal));
      await this.#parts.pace.passReply(target.chatId, this.#signal);
      await this.#note(index, 'sending');
      // One that was frozen here must not send what another has sent meanwhile.
      await this.#surely(() => this.#lease.whenSure());
      try {
        const messageIds = await this.#send(unsure ? markResent(form) : [form], to);
        await this.#noteSent(index, messageIds[0] ?? 0);
        return messageIds;
      } catch (error) {
        if (!(error instanceof TelegramFailure)) throw error;
        this.#parts.log.warn({ queue: this.#queue, reply: this.#job.id }, error.message);
        failures += 1;
        if (error.kind === 'flood') this.#parts.pace.slowDown(target.chatId, error.retryAfterMs);
        if (error.kind === 'unsure') unsure = true;
        else if (!unsure) await this.#note(index, 'unsent');
        if (error.kind !== 'refused' || isTokenRefused(error)) await this.#waitAfter(error, failures);
        else if (isTopicGone(error) && to.threadId !== undefined) to = { ...to, threadId: undefined };
        else form = plainerOrGiveUp(form, error);
      }
    }
  }

  async #send(forms: readonly Part[], to: Target): Promise<number[]> {
    const { api } = this.#parts;
    const ids: number[] = [];
    for (const form of forms) {
      if (form.kind === 'message') ids.push(await api.sendMessage(to, form.message, form.keyboard));
      else if (form.kind === 'file') ids.push(await api.sendTextFile(to, form, form.caption));
      else ids.push(...(await sendFilesPart(form, to, { ...this.#parts, surely: this.#surely })));
    }
    return ids;
  }

  async #waitAfter(error: TelegramFailure, failures: number): Promise<void> {
    if (error.kind === 'flood') await this.#surely(() => this.#parts.gate.close(this.#queue, error.retryAfterMs));
    else await this.#parts.pause(backoffMs(failures, 200, 30_000), this.#signal);
    this.#signal.throwIfAborted();
  }

  #note(index: number, state: 'unsent' | 'sending' | number): Promise<void> {
    return this.#surely(() => this.#parts.journal.note(this.#queue, this.#job.id, index, state));
  }

  /** Also when the process was told to stop meanwhile: what is not noted would be sent again. */
  #noteSent(index: number, messageId: number): Promise<void> {
    return this.#parts.journal
      .note(this.#queue, this.#job.id, index, messageId)
      .catch(() => this.#note(index, messageId));
  }

  /** Redis may be away for a while: a reply that was sent must still be noted. */
  readonly #surely = <T>(work: () => Promise<T>): Promise<T> =>
    untilDone(work, {
      signal: this.#signal,
      onRetry: (err) => this.#parts.log.debug({ err, queue: this.#queue }, 'The outbox waits for Redis'),
    });
}

function targetOf(reply: Reply, isFirst: boolean): Target {
  const { chatId, threadId }: Place = reply.place;
  return { chatId, threadId, silent: reply.silent, replyTo: isFirst ? reply.replyTo : undefined };
}

/** A refusal may be about the form. Throws when there is none left to try: the chat is gone, or the bot was blocked. */
function plainerOrGiveUp(form: Part, error: TelegramFailure): Part {
  const next = isAboutForm(form, error) ? plainer(form, error.message) : undefined;
  if (!next) throw new JobFailed(error.message);
  return next;
}

/** Where files are forbidden or too large (413), words are not. */
function isAboutForm({ kind }: Part, error: TelegramFailure): boolean {
  if (![400, 413].includes(error.code ?? 0) || isTopicGone(error) || /chat not found/i.test(error.message))
    return false;
  return kind !== 'message' || !/not enough rights|no rights/i.test(error.message);
}

/** The topic was deleted or closed: its chat is the nearest place that is left. */
function isTopicGone(error: TelegramFailure): boolean {
  return /thread not found|TOPIC_(CLOSED|DELETED)/i.test(error.message);
}

/** It says nothing about the reply: it waits for a bot with a token that is valid. */
function isTokenRefused({ code }: TelegramFailure): boolean {
  return code === 401;
}
