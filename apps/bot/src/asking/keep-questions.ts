import { createHmac } from 'node:crypto';
import { buttonSchema, replyQueue, subjectSchema } from '@signalbox/contracts';
import { execAll, keys, retention, runScript, tickOption } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const entity = z.looseObject({ type: z.string(), offset: z.number(), length: z.number() });
/** The message that has the buttons, as it is shown. */
const viewSchema = {
  shown: z.object({ text: z.string(), entities: z.array(entity) }),
  rows: buttonSchema.array().array(),
};
const askedSchema = z.object({
  /** The reply's id. */
  questionId: z.string(),
  ...viewSchema,
  /** The first press counts. */
  once: z.boolean(),
  /** What is answered; absent if the buttons do something else. */
  about: subjectSchema.optional(),
  /** The only person who may press. */
  userId: z.number().optional(),
  /** Who is about to answer in their own words, and what the message shows again if they take that back. */
  inOwnWords: z.object({ userId: z.number(), ...viewSchema }).optional(),
});
/** A message with buttons that is shown in a chat: a question, a menu or a report. */
export type Asked = z.infer<typeof askedSchema>;

const pressedSchema = z.object({ id: z.string(), label: z.string(), by: z.string() });
/** Which button was pressed first, by whom, and by which update. */
export type Pressed = z.infer<typeof pressedSchema>;

/** What is known of such a message. */
export interface KeptQuestion {
  readonly asked: Asked;
  /** The press that counts. */
  readonly pressed: Pressed | undefined;
  /** The options that are marked. */
  readonly ticked: readonly string[];
  /** Nobody can answer any more. */
  readonly isClosed: boolean;
  /** What its message shows, as far as an edit has told; of any shape. */
  readonly shows: string | undefined;
}

/** The buttons that are shown, so that a press on one of them can be understood. Every method rejects with Redis's error. */
export interface KeptQuestions {
  /** The word by which the buttons of a message name it: nobody can guess it, and it is the same when it is sent again. */
  wordFor(questionId: string): string;
  /** Keeps a message's buttons; to be done before it is sent. */
  keep(chatId: number, asked: Asked): Promise<void>;
  /** The message of that chat; `undefined` if there is none, or it was long ago. */
  find(chatId: number, word: string): Promise<KeptQuestion | undefined>;
  /** Takes the first press. Resolves to the one that counts. */
  takePress(chatId: number, word: string, pressed: Pressed): Promise<Pressed>;
  /** Marks an option, or takes the mark away. The same press has no further effect. */
  tick(chatId: number, word: string, value: string, pressId: string): Promise<void>;
  /** Says that nobody can answer any more. */
  close(chatId: number, word: string): Promise<void>;
  /** Says what its message shows. */
  keepShown(chatId: number, word: string, shown: string): Promise<void>;
}

/** @param secret known to this bot alone */
export function createKeptQuestions(redis: Redis, secret: string): KeptQuestions {
  const keyOf = (chatId: number, word: string) => keys.question(replyQueue(chatId).name, word);
  const wordFor = (questionId: string) =>
    createHmac('sha256', secret).update(questionId).digest('base64url').slice(0, 24);
  return {
    wordFor,
    async keep(chatId, asked) {
      const key = keyOf(chatId, wordFor(asked.questionId));
      const keeping = redis.pipeline().hset(key, 'asked', JSON.stringify(asked));
      await execAll(keeping.expire(key, retention.answerable));
    },
    find: async (chatId, word) => readKept(await redis.hgetall(keyOf(chatId, word))),
    async takePress(chatId, word, pressed) {
      const key = keyOf(chatId, word);
      await execAll(redis.pipeline().hsetnx(key, 'pressed', JSON.stringify(pressed)).expire(key, retention.answerable));
      const json = await redis.hget(key, 'pressed');
      return json === null ? pressed : pressedSchema.parse(JSON.parse(json));
    },
    async tick(chatId, word, value, pressId) {
      await runScript(redis, tickOption, [keyOf(chatId, word)], [value, pressId]);
    },
    async close(chatId, word) {
      const key = keyOf(chatId, word);
      await execAll(redis.pipeline().hset(key, 'closed', '1').expire(key, retention.answerable));
    },
    async keepShown(chatId, word, shown) {
      const key = keyOf(chatId, word);
      await execAll(redis.pipeline().hset(key, 'shows', shown).expire(key, retention.answerable));
    },
  };
}

/** The options of a question that are marked, in the order in which they are shown. */
export function markedOf(kept: Pick<KeptQuestion, 'asked' | 'ticked'> | undefined): string[] {
  const options = (kept?.asked.rows ?? []).flat().flatMap(({ act }) => (act.do === 'tick' ? [act.value] : []));
  return options.filter((value) => kept?.ticked.includes(value));
}

/** Reads a question from the fields of its key; `undefined` if it is none. */
export function readKept(stored: Record<string, string>): KeptQuestion | undefined {
  const asked = stored.asked === undefined ? undefined : askedSchema.safeParse(JSON.parse(stored.asked)).data;
  if (!asked) return undefined;
  const ticks = Object.keys(stored).filter((field) => field.startsWith('tick:'));
  return {
    asked,
    pressed: stored.pressed === undefined ? undefined : pressedSchema.parse(JSON.parse(stored.pressed)),
    ticked: ticks.map((field) => field.slice('tick:'.length)),
    isClosed: stored.closed !== undefined,
    shows: stored.shows,
  };
}
