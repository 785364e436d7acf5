import { setTimeout as pause } from 'node:timers/promises';
import type { TelegramSimulator } from '@signalbox/simulator';
import { answerQuestions } from './answer-questions.ts';
import { composeText } from './compose-text.ts';
import type { MessageKind } from './history.ts';
import { createRandom, type Random } from './random.ts';
import { type EndWatch, watchEnds } from './watch-ends.ts';
import { placeOf, type TelegramWatch } from './watch-telegram.ts';
import type { Writer } from './writers.ts';

/** How often a person writes several messages in a row, without waiting for the answers. */
const IN_A_ROW = { probability: 0.25, least: 2, most: 4 };

export interface PeopleNeeds {
  readonly telegram: TelegramSimulator;
  readonly watch: TelegramWatch;
  readonly seed: number;
  /** Where tools write the ids of their messages. */
  readonly effectsFile: string;
  /** How long a person thinks at most before they write again, in ms. */
  readonly thinkMs: number;
}

/** The people who write, each in a place of their own. */
export interface People {
  /** The messages that have no end yet. */
  readonly open: readonly string[];
  /** Everybody makes their session; resolves when all have theirs. */
  makeSessions(): Promise<void>;
  /** Everybody writes on and on, until `signal` is aborted; then it resolves. What was said may still be open. */
  write(signal: AbortSignal): Promise<void>;
  /** Resolves when every message has come to its end, or after `limitMs`. */
  whenAnswered(limitMs: number): Promise<void>;
  stop(): void;
}

export function gatherPeople(writers: readonly Writer[], needs: PeopleNeeds): People {
  const ends = watchEnds(needs.telegram);
  const answers = answerQuestions(needs.telegram, writers);
  const ended: Promise<void>[] = [];
  const authors = writers.map((writer) => new Author(writer, needs, ends, ended));
  return {
    get open() {
      return ends.open;
    },
    makeSessions: async () => void (await Promise.all(authors.map((author) => author.makeSession()))),
    write: async (signal) => void (await Promise.all(authors.map((author) => author.write(signal)))),
    async whenAnswered(limitMs) {
      const over = new AbortController();
      const limit = pause(limitMs, undefined, { signal: over.signal }).catch(() => undefined);
      await Promise.race([Promise.all(ended), limit]);
      over.abort();
    },
    stop() {
      ends.stop();
      answers.stop();
    },
  };
}

/** One person: writes, reads the answers, thinks, and writes again. */
class Author {
  readonly #writer: Writer;
  readonly #needs: PeopleNeeds;
  readonly #ends: EndWatch;
  readonly #ended: Promise<void>[];
  readonly #random: Random;
  #number = 0;

  constructor(writer: Writer, needs: PeopleNeeds, ends: EndWatch, ended: Promise<void>[]) {
    this.#writer = writer;
    this.#needs = needs;
    this.#ends = ends;
    this.#ended = ended;
    this.#random = createRandom(needs.seed, writer.session);
  }

  makeSession(): Promise<void> {
    return this.#say(() => ({ kind: 'new', text: `/new ${this.#writer.session}` }));
  }

  async write(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { probability, least, most } = IN_A_ROW;
      const count = this.#random.chance(probability) ? this.#random.between(least, most) : 1;
      const all = Promise.all(Array.from({ length: count }, () => this.#sayNext()));
      await Promise.race([all, whenAborted(signal)]);
      const thinking = this.#random.between(0, this.#needs.thinkMs);
      await pause(thinking, undefined, { signal }).catch(() => undefined);
    }
  }

  #sayNext(): Promise<void> {
    return this.#say((id) => composeText(id, this.#needs.effectsFile, this.#random));
  }

  /** Resolves when the message has come to its end. */
  #say(compose: (id: string) => { kind: MessageKind; text: string }): Promise<void> {
    const { session, ...where } = this.#writer;
    const number = this.#number;
    const id = `${session}-${number}`;
    this.#number += 1;
    const { kind, text } = compose(id);
    const { updateId, message } = this.#needs.telegram.say({ ...where, text });
    const place = placeOf(where.chat, where.thread);
    const said = { id, session, number, kind, place, messageId: message.id, updateId };
    const end = this.#ends.until(said);
    this.#ended.push(end);
    this.#needs.watch.said({ type: 'said', ...said });
    return end;
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
