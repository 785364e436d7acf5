import { RequestWithdrawn } from '@signalbox/claude';
import { type AnswerSignal, type Menu, type MenuButton, noticeReplyId, type QueueRef } from '@signalbox/contracts';
import type { Signals } from '@signalbox/queues';
import { type Log, untilDone } from '@signalbox/service';
import type { Nudge } from '../nudge.ts';
import type { Publisher, To } from '../publish.ts';

/** The turn that asks: whose questions they are and where they are shown. */
export interface Asking {
  /** The job of the turn, or a name for what Claude does without one. */
  readonly jobId: string;
  readonly to: To;
  /** Who may answer; `undefined`: whoever may use the bot. */
  readonly userId: number | undefined;
}

/** A question of a running turn to a person. */
export interface PersonQuestion {
  /** Names what is asked: the same question asked again after a restart has the same. */
  readonly name: string;
  readonly markdown: string;
  readonly attachment?: Menu['attachment'];
  /** The buttons, given the id by which an answer names the question. */
  rows(questionId: string, queue: QueueRef): MenuButton[][];
  /** What stands before a text that is written as the answer; `undefined`: only buttons answer. */
  readonly textPrefix?: string;
}

export interface AskDeskParts {
  readonly queue: QueueRef;
  readonly signals: Signals;
  readonly publisher: Publisher;
  readonly nudge: Nudge;
  readonly log: Log;
  /** How long an answer is waited for, in ms. */
  readonly waitMs: number;
  /** Aborted when another serves the session. */
  readonly lost: AbortSignal;
}

/** What became of a question. */
export type Answered = Pick<AnswerSignal, 'answer' | 'by'> | 'expired';

interface Left {
  readonly questionId: string;
  readonly asking: Asking;
}

const UNWANTED = '⏹ No answer is needed any more.';

/**
 * Asks a person and waits for the answer. One question of a session at a time: an answer counts for one question, also if Claude asks
 * the same twice. A question whose answer was used up is a new one when it comes again.
 */
export class AskDesk {
  readonly #parts: AskDeskParts;
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;
  /** Questions that nobody has answered when their Claude ended. */
  #left: Left[] = [];

  constructor(parts: AskDeskParts) {
    this.#parts = parts;
  }

  /** Whether a person is waited for, so that silence of Claude is none. */
  get isAsking(): boolean {
    return this.#open > 0;
  }

  /** Rejects with the reason of `signal` when the answer is no longer wanted: then the question is taken back. */
  ask(asking: Asking, question: PersonQuestion, signal: AbortSignal): Promise<Answered> {
    this.#open += 1;
    const turn = this.#last.catch(() => undefined).then(() => this.#ask(asking, question, signal));
    this.#last = turn;
    return turn.finally(() => {
      this.#open -= 1;
    });
  }

  async #ask(asking: Asking, question: PersonQuestion, signal: AbortSignal): Promise<Answered> {
    signal.throwIfAborted();
    const { queue, signals, publisher } = this.#parts;
    const name = noticeReplyId(asking.jobId, `ask-${question.name}`);
    const times = await this.#surely(() => signals.used(queue.name, name));
    const questionId = `${name}-${times}`;
    const early = await this.#surely(() => signals.open(queue.name, questionId));
    if (!early) {
      const { markdown, attachment, textPrefix } = question;
      const rows = question.rows(questionId, queue);
      const textAnswers = textPrefix === undefined ? undefined : { queue, questionId, prefix: textPrefix };
      await publisher.menu(questionId, asking.to, {
        text: markdown,
        rows,
        attachment,
        userId: asking.userId,
        textAnswers,
      });
    }
    const came = await this.#untilAnswered(questionId, signal);
    if (came === 'unwanted' && !(signal.reason instanceof RequestWithdrawn)) {
      // Claude has ended, not its turn: whoever goes on with that asks the same again, below the same message.
      this.#left.push({ questionId, asking });
      throw signal.reason;
    }
    const answer = (await this.#surely(() => signals.close(queue.name, questionId))) ?? came;
    if (answer === 'unwanted') await this.#settle({ questionId, asking }, UNWANTED);
    if (answer === 'unwanted') throw signal.reason;
    if (answer === 'expired') {
      await this.#settle({ questionId, asking }, '⌛ Nobody answered in time.');
      return answer;
    }
    await this.#surely(() => signals.countUsed(queue.name, name));
    return answer;
  }

  /** The turn of a job is over: nothing that was asked in it needs an answer. */
  async finish(jobId: string): Promise<void> {
    const left = this.#left.filter(({ asking }) => asking.jobId === jobId);
    this.#left = this.#left.filter((each) => !left.includes(each));
    for (const each of left) {
      await this.#surely(() => this.#parts.signals.close(this.#parts.queue.name, each.questionId));
      await this.#settle(each, UNWANTED);
    }
  }

  async #settle({ questionId, asking }: Left, words: string): Promise<void> {
    await this.#parts.publisher.settled(questionId, asking.to, words);
  }

  /** Waits for the first of an answer, the end of the time for it, and the end of the wish for it. */
  async #untilAnswered(questionId: string, signal: AbortSignal): Promise<AnswerSignal | 'expired' | 'unwanted'> {
    const { queue, signals, nudge, waitMs, lost } = this.#parts;
    const over = new AbortController();
    const expired = AbortSignal.timeout(waitMs);
    let answer: AnswerSignal | undefined;
    const look = async () => {
      answer = await this.#surely(() => signals.open(queue.name, questionId));
      if (answer) over.abort();
    };
    await nudge.follow(look, AbortSignal.any([over.signal, expired, signal, lost]));
    lost.throwIfAborted();
    if (answer) return answer;
    return signal.aborted ? 'unwanted' : 'expired';
  }

  /** However long Redis is away. */
  #surely<T>(work: () => Promise<T>): Promise<T> {
    const { lost, log, queue } = this.#parts;
    const onRetry = (err: unknown) => log.warn({ err, queue: queue.name }, 'A question waits for Redis');
    return untilDone(work, { signal: lost, onRetry });
  }
}
