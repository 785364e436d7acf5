import { z } from 'zod';
import { list, origin, yes } from './schemas.ts';
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
