import { createHmac } from 'node:crypto';
import { type Question, replyQueue, subjectSchema } from '@signalbox/contracts';
import { resourceKey } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const entity = z.looseObject({ type: z.string(), offset: z.number(), length: z.number() });
const askedSchema = z.object({
  questionId: z.string(),
  about: subjectSchema,
  buttons: z.array(z.object({ label: z.string(), choice: z.enum(['retry', 'continue', 'drop']) })),
  /** The message that has the buttons, as it is shown. */
  shown: z.object({ text: z.string(), entities: z.array(entity) }),
});

/** A question whose buttons are shown in a chat. */
export type Asked = z.infer<typeof askedSchema>;

const answerSchema = z.object({ index: z.number().int(), by: z.string() });
/** Which button was pressed first, and by whom. */
export type Answer = z.infer<typeof answerSchema>;

/** The questions that are shown, so that a press on one of their buttons can be understood. Every method rejects with Redis's error. */
export interface Questions {
  /** The word by which the buttons of a question name it: nobody can guess it, and it is the same when the question is sent again. */
  wordFor(questionId: string): string;
  /** Keeps a question; to be done before it is sent. */
  keep(chatId: number, asked: Asked): Promise<void>;
  /** The question of that chat; `undefined` if there is none, or it was long ago. */
  find(chatId: number, word: string): Promise<Asked | undefined>;
  /** Takes the first answer. Resolves to the one that holds. */
  answer(chatId: number, word: string, answer: Answer): Promise<Answer>;
}

/** As long as a failed job is kept, in seconds. */
const KEPT_SECONDS = 14 * 86_400;

/** @param secret known to this bot alone */
export function createQuestions(redis: Redis, secret: string): Questions {
  const keyOf = (chatId: number, word: string) => resourceKey(replyQueue(chatId).name, `question:${word}`);
  const wordFor = (questionId: string) =>
    createHmac('sha256', secret).update(questionId).digest('base64url').slice(0, 24);
  return {
    wordFor,
    async keep(chatId, asked) {
      const key = keyOf(chatId, wordFor(asked.questionId));
      const results = await redis.pipeline().hset(key, 'asked', JSON.stringify(asked)).expire(key, KEPT_SECONDS).exec();
      for (const [error] of results ?? []) if (error) throw error;
    },
    async find(chatId, word) {
      const json = await redis.hget(keyOf(chatId, word), 'asked');
      return json === null ? undefined : askedSchema.safeParse(JSON.parse(json)).data;
    },
    async answer(chatId, word, answer) {
      const key = keyOf(chatId, word);
      await redis.hsetnx(key, 'answer', JSON.stringify(answer));
      return answerSchema.parse(JSON.parse((await redis.hget(key, 'answer')) ?? JSON.stringify(answer)));
    },
  };
}

/** The buttons below a message: what stands on each, and what Telegram sends when it is pressed (at most 64 bytes). */
export type Keyboard = readonly { readonly label: string; readonly data: string }[];

export function keyboardOf({ buttons }: Pick<Question, 'buttons'>, word: string): Keyboard {
  return buttons.map(({ label }, index) => ({ label, data: `q:${word}:${index}` }));
}

/** Reads what a button sent; `undefined` if it is none of a question. */
export function readButtonData(data: string | undefined): { word: string; index: number } | undefined {
  const [, word, index] = /^q:([\w-]{24}):(\d)$/.exec(data ?? '') ?? [];
  return word === undefined ? undefined : { word, index: Number(index) };
}
