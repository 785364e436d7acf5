import { z } from 'zod';
import { count, list, origin, yes } from './schemas.ts';
import { variable } from './variable.ts';

export const telegramVariables = {
  TELEGRAM_BOT_TOKEN: variable(
    z
      .string()
      .regex(/^\d+:[\w-]+$/)
      .optional(),
    {
      topic: 'Telegram',
      neededBy: ['bot'],
      isRequired: true,
      expected: 'a token of the form 123456:ABC… from @BotFather',
      meaning: 'The bot’s token. Send /newbot to @BotFather to get one.',
      fallback: '`npm start`: a simulated Telegram in the browser',
      secret: true,
    },
  ),
  TELEGRAM_ALLOWED_USERS: variable(
    list.pipe(z.array(z.string().regex(/^\d{1,16}$/))).transform((ids) => ids.map(Number)),
    {
      topic: 'Telegram',
      neededBy: ['bot', 'worker'],
      expected: 'numeric user ids, separated by commas',
      meaning: 'Who may use the bot, as numeric Telegram user ids. Everybody else gets no answer.',
      fallback: 'nobody',
    },
  ),
  TELEGRAM_ALLOWED_CHATS: variable(
    list.pipe(z.array(z.string().regex(/^-\d{1,16}$/))).transform((ids) => ids.map(Number)),
    {
      topic: 'Telegram',
      neededBy: ['bot'],
      expected: 'numeric group ids (they start with "-"), separated by commas',
      meaning: 'Groups in which the allowed users may use the bot. Everybody in such a group can read the answers.',
      fallback: 'none',
    },
  ),
  GROUP_MODE: variable(z.enum(['mention', 'all']).optional(), {
    topic: 'Telegram',
    neededBy: ['bot'],
    expected: 'mention or all',
    meaning:
      'What the bot takes in groups. `mention`: commands, messages that mention it, replies to it, and answers to its questions. `all`: whatever is not addressed to somebody else.',
    fallback: '`mention` if more than one user is allowed, else `all`',
  }),
  GROUP_CONTEXT: variable(count(0, 100), {
    topic: 'Telegram',
    neededBy: ['bot'],
    expected: 'a number of messages, 0 to 100',
    meaning:
      'How many messages of allowed users that were not for Claude are given along with the next one in a group that is, marked as the talk of others. In groups the bot hears such messages only if its privacy mode is off (@BotFather, /setprivacy).',
    fallback: '`0`: none',
  }),
  TELEGRAM_API_ROOT: variable(origin.default('https://api.telegram.org'), {
    topic: 'Telegram',
    neededBy: ['bot'],
    expected: 'an http:// or https:// address without a path',
    meaning: 'The Bot API server.',
    fallback: '`https://api.telegram.org`',
  }),
  STREAMING: variable(z.enum(['draft', 'edit', 'off']).default('draft'), {
    topic: 'Telegram',
    neededBy: ['bot'],
    expected: 'draft, edit or off',
    meaning:
      'How a running turn is shown before its replies: `draft`: as a draft in private chats and as one message that is edited in groups; `edit`: as such a message everywhere; `off`: as “typing” alone.',
    fallback: '`draft`',
  }),
  TOPIC_PER_SESSION: variable(yes, {
    topic: 'Telegram',
    neededBy: ['bot'],
    expected: '1 or 0',
    meaning:
      'Whether `/new` in a group with topics makes a topic for the session. The bot must be an administrator that may manage topics.',
    fallback: '`0`',
  }),
  REACTIONS: variable(z.enum(['all', 'done', 'off']).default('done'), {
    topic: 'Telegram',
    neededBy: ['bot', 'worker'],
    expected: 'all, done or off',
    meaning:
      'Which reactions say what becomes of a message. `done`: 👀 when it is accepted, 👌 when it is done (💔 failed, 😴 stopped). `all`: also 🤔 when Claude begins. For the bot and the workers.',
    fallback: '`done`',
  }),
};
