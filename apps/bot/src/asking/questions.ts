import { createHmac } from 'node:crypto';
import {
  type Menu,
  type MenuButton,
  menuButtonSchema,
  type Question,
  type Reply,
  replyQueue,
  type ShownReport,
  subjectSchema,
} from '@signalbox/contracts';
import { keys, retention, runScript, tickOption } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { MenuView } from '../deciding/menu-view.ts';
import type { Keyboard } from '../telegram/keyboard.ts';
import { buttonDataOf } from './button-data.ts';

type WithRows = ShownReport & Pick<Menu, 'rows'>;

const entity = z.looseObject({ type: z.string(), offset: z.number(), length: z.number() });
const asked = {
  questionId: z.string(),
  /** The message that has the buttons, as it is shown. */
  shown: z.object({ text: z.string(), entities: z.array(entity) }),
};
const askedSchema = z.union([
  z.object({
    ...asked,
    rows: menuButtonSchema.array().array(),
    once: z.boolean(),
    userId: z.number().optional(),
  }),
  // As the version before this one kept it.
  z
    .object({
      ...asked,
      about: subjectSchema,
      buttons: z.array(z.object({ label: z.string(), choice: z.enum(['retry', 'continue', 'drop']) })),
    })
    .transform(({ about, buttons, ...rest }) => ({
      ...rest,
      rows: rowsOf({ about, buttons }),
      once: true,
      userId: undefined,
    })),
]);

/** What is kept of it. */
export function asShown({ message, rows }: MenuView): Pick<Asked, 'shown' | 'rows'> {
  const { text, entities } = message;
  return { shown: { text, entities: entities.map((each) => ({ ...each })) }, rows: rows.map((row) => [...row]) };
}

/** A message with buttons that is shown in a chat. */
export type Asked = z.infer<typeof askedSchema>;

const answerSchema = z.object({
  index: z.number().int(),
  by: z.string(),
  /** The press; absent in what the version before this one kept. */
  id: z.string().optional(),
});
/** Which button was pressed first, by whom, and by which press. */
export type Answer = z.infer<typeof answerSchema>;

/** The buttons that are shown, so that a press on one of them can be understood. Every method rejects with Redis's error. */
export interface Questions {
  /** The word by which the buttons of a message name it: nobody can guess it, and it is the same when it is sent again. */
  wordFor(questionId: string): string;
  /** Keeps a message's buttons; to be done before it is sent. */
  keep(chatId: number, asked: Asked): Promise<void>;
  /** The message of that chat; `undefined` if there is none, or it was long ago. */
  find(chatId: number, word: string): Promise<Asked | undefined>;
  /** Takes the first answer. Resolves to the one that holds. */
  answer(chatId: number, word: string, answer: Answer): Promise<Answer>;
  /** Marks an option, or takes the mark away. The same press has no further effect. */
  tick(chatId: number, word: string, value: string, pressId: string): Promise<void>;
  ticked(chatId: number, word: string): Promise<string[]>;
  /** Says that nobody can answer any more. */
  close(chatId: number, word: string): Promise<void>;
  isClosed(chatId: number, word: string): Promise<boolean>;
  /** What its message shows, as far as an edit has told; of any shape. */
  noteShown(chatId: number, word: string, shown: string): Promise<void>;
  shows(chatId: number, word: string): Promise<string | null>;
  /** The answer that holds, if there is one. */
  answered(chatId: number, word: string): Promise<Answer | undefined>;
}

/** @param secret known to this bot alone */
export function createQuestions(redis: Redis, secret: string): Questions {
  const keyOf = (chatId: number, word: string) => keys.question(replyQueue(chatId).name, word);
  const wordFor = (questionId: string) =>
    createHmac('sha256', secret).update(questionId).digest('base64url').slice(0, 24);
  const ticked = async (chatId: number, word: string) => {
    const fields = await redis.hkeys(keyOf(chatId, word));
    return fields.flatMap((field) => (field.startsWith('tick:') ? [field.slice('tick:'.length)] : []));
  };
  const answered = async (chatId: number, word: string) => {
    const json = await redis.hget(keyOf(chatId, word), 'answer');
    return json === null ? undefined : answerSchema.parse(JSON.parse(json));
  };
  return {
    wordFor,
    async keep(chatId, asked) {
      const key = keyOf(chatId, wordFor(asked.questionId));
      const results = await redis
        .pipeline()
        .hset(key, 'asked', JSON.stringify(asked))
        .expire(key, retention.answerable)
        .exec();
      for (const [error] of results ?? []) if (error) throw error;
    },
    async find(chatId, word) {
      const json = await redis.hget(keyOf(chatId, word), 'asked');
      return json === null ? undefined : askedSchema.safeParse(JSON.parse(json)).data;
    },
    async answer(chatId, word, answer) {
      await redis.hsetnx(keyOf(chatId, word), 'answer', JSON.stringify(answer));
      return (await answered(chatId, word)) ?? answer;
    },
    async tick(chatId, word, value, pressId) {
      await runScript(redis, tickOption, [keyOf(chatId, word)], [value, pressId]);
    },
    ticked,
    async close(chatId, word) {
      await redis.hset(keyOf(chatId, word), 'closed', '1');
    },
    isClosed: async (chatId, word) => (await redis.hexists(keyOf(chatId, word), 'closed')) === 1,
    async noteShown(chatId, word, shown) {
      await redis.hset(keyOf(chatId, word), 'shows', shown);
    },
    shows: (chatId, word) => redis.hget(keyOf(chatId, word), 'shows'),
    answered,
  };
}

/** Whether there are buttons below a reply. */
export function hasButtons(reply: Reply): reply is Question | Menu | WithRows {
  return reply.kind === 'question' || reply.kind === 'menu' || (reply.kind === 'report' && reply.rows !== undefined);
}

/** The buttons of a reply that has some. */
export function rowsOf(reply: Pick<Question, 'about' | 'buttons'> | Pick<Menu, 'rows'>): MenuButton[][] {
  if ('rows' in reply) return reply.rows;
  return [reply.buttons.map(({ label, choice }) => ({ label, act: { do: 'choose', about: reply.about, choice } }))];
}

/** @param ticked what is marked of the options that can be */
export function keyboardOf(
  rows: readonly (readonly MenuButton[])[],
  word: string,
  ticked: readonly string[] = [],
): Keyboard {
  return rows.map((row) =>
    row.map(({ label, act }) => {
      const mark = act.do === 'tick' ? (ticked.includes(act.value) ? '☑ ' : '☐ ') : '';
      return { label: mark + label, data: buttonDataOf(word, act) };
    }),
  );
}
