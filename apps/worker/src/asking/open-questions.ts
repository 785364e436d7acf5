import { RequestWithdrawn } from '@signalbox/claude';
import {
  type Answer,
  type AnswerButton,
  noticeReplyId,
  type Place,
  type Question,
  type QueueRef,
} from '@signalbox/contracts';
import { type Questions, untilDone } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Publisher } from '../output/publish.ts';
import type { To } from '../wording/shown.ts';
import type { Notifier } from './notifier.ts';

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
  /** Names what is asked: the same asked again after a restart has the same, and is then shown as the same message. */
  readonly name: string;
  readonly markdown: string;
  readonly attachment?: Question['attachment'];
  readonly rows: AnswerButton[][];
  /** What stands before a text that is written as the answer; `undefined`: only buttons answer. */
  readonly textPrefix?: string;
}

export interface OpenQuestionsNeeds {
  readonly queue: QueueRef;
  readonly questions: Questions;
  readonly publisher: Publisher;
  readonly notifier: Notifier;
  readonly log: Log;
  /** How long an answer is waited for, in ms. */
  readonly waitMs: number;
  /** Aborted when another serves the session. */
  readonly lost: AbortSignal;
}

/** What became of a question. */
export type Answered = Pick<Answer, 'value' | 'by'> | 'expired';

const UNWANTED = '⏹ No answer is needed any more.';
const ANEW = '⏹ Claude has begun anew with this.';
const EXPIRED = '⌛ Nobody answered in time.';

/**
 * Asks a person and waits for the answer. One question of a session at a time: an answer counts for one question, also if Claude asks
 * the same twice. A question that was closed is a new one when it comes again. Which are open is in Redis: whoever goes on with the
 * turn closes what its last holder asked and nobody asks any more.
 */
export class OpenQuestions {
  readonly #needs: OpenQuestionsNeeds;
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;
  /** The question that is asked now. */
  #current: string | undefined;

  constructor(needs: OpenQuestionsNeeds) {
    this.#needs = needs;
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
    const { queue, questions } = this.#needs;
    const name = noticeReplyId(asking.jobId, `ask-${question.name}`);
    const requestId = await this.#surely(() => questions.requestId(queue.name, name));
    this.#current = requestId;
    try {
      // First of all: with the old question the bot also gives up the text that it takes for the place's question.
      await this.#closeOthers(asking);
      await this.#show(requestId, asking, question);
      const came = await this.#untilAnswered(requestId, asking, signal);
      // Claude has ended, not its turn: whoever goes on with that asks again.
      if (came === 'unwanted' && !(signal.reason instanceof RequestWithdrawn)) throw signal.reason;
      const answer = (await this.#surely(() => questions.close(queue.name, requestId))) ?? came;
      if (typeof answer !== 'string') return answer;
      await this.#needs.publisher.settled(requestId, asking.to, answer === 'expired' ? EXPIRED : UNWANTED);
      if (answer === 'unwanted') throw signal.reason;
      return answer;
    } finally {
      this.#current = undefined;
    }
  }

  /** Shows a question, unless it has an answer already. */
  async #show(requestId: string, { to, userId }: Asking, question: PersonQuestion): Promise<void> {
    const { queue, questions, publisher } = this.#needs;
    if (await this.#surely(() => questions.open(queue.name, requestId, to.place))) return;
    const { markdown: text, attachment, textPrefix: prefix } = question;
    const about = { queue, requestId };
    const textAnswers = prefix === undefined ? undefined : { prefix };
    await publisher.question(requestId, to, { about, text, rows: question.rows, attachment, userId, textAnswers });
  }

  /**
   * The turn of a job is over: nothing needs an answer that is open, unless another turn asks it now. `place`: where it is shown, if
   * that was not noted.
   */
  endTurn(jobId: string, place: Place | undefined): Promise<void> {
    const isOver = (requestId: string) => requestId !== this.#current || isOf(jobId, requestId);
    return this.#closeOpen(isOver, UNWANTED, place);
  }

  /** The same, but only of what was asked in this turn: what another one has asked, it may ask again. */
  endOwnTurn(jobId: string, place: Place | undefined): Promise<void> {
    return this.#closeOpen((requestId) => isOf(jobId, requestId), UNWANTED, place);
  }

  /** Only one is asked at a time: whatever else is open was asked by a Claude that has ended. */
  #closeOthers({ to }: Asking): Promise<void> {
    const isOther = (requestId: string) => requestId !== this.#current;
    return this.#closeOpen(isOther, ANEW, to.place);
  }

  async #closeOpen(is: (requestId: string) => boolean, words: string, fallback: Place | undefined): Promise<void> {
    const { queue, questions, publisher } = this.#needs;
    const open = await this.#surely(() => questions.listOpen(queue.name));
    for (const { requestId, place = fallback } of open) {
      if (!is(requestId)) continue;
      await this.#surely(() => questions.close(queue.name, requestId));
      if (place) await publisher.settled(requestId, { place }, words);
    }
  }

  /** Waits for the first of an answer, the end of the time for it, and the end of the wish for it. */
  async #untilAnswered(
    requestId: string,
    { to }: Asking,
    signal: AbortSignal,
  ): Promise<Answer | 'expired' | 'unwanted'> {
    const { queue, questions, notifier, waitMs, lost } = this.#needs;
    const over = new AbortController();
    const expired = AbortSignal.timeout(waitMs);
    let answer: Answer | undefined;
    const look = async () => {
      answer = await this.#surely(() => questions.open(queue.name, requestId, to.place));
      if (answer) over.abort();
    };
    await notifier.follow(look, AbortSignal.any([over.signal, expired, signal, lost]));
    lost.throwIfAborted();
    if (answer) return answer;
    return signal.aborted ? 'unwanted' : 'expired';
  }

  /** However long Redis is away. */
  #surely<T>(work: () => Promise<T>): Promise<T> {
    const { lost, log, queue } = this.#needs;
    const onRetry = (err: unknown) => log.warn({ err, queue: queue.name }, 'A question waits for Redis');
    return untilDone(work, { signal: lost, onRetry });
  }
}

function isOf(jobId: string, requestId: string): boolean {
  return requestId.startsWith(noticeReplyId(jobId, ''));
}
