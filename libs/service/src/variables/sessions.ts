import { z } from 'zod';
import { amount, list } from './schemas.ts';
import { variable } from './variable.ts';

export const sessionsVariables = {
  SESSIONS_DIR: variable(z.string().default('sessions'), {
    topic: 'Sessions',
    neededBy: ['worker'],
    expected: 'a directory',
    meaning: 'Where sessions live, one directory each.',
    fallback: '`sessions`',
  }),
  PERSONAS_DIR: variable(z.string().default('personas'), {
    topic: 'Sessions',
    neededBy: ['worker'],
    expected: 'a directory',
    meaning: 'The library of personas, one JSON file each.',
    fallback: '`personas`',
  }),
  WORKSPACE_ROOTS: variable(list, {
    topic: 'Sessions',
    neededBy: ['worker'],
    expected: 'directories, separated by commas',
    meaning:
      'Directories below which a session may be told to work (`/new web ~/projects/web`). Without one, each session works in a workspace of its own.',
    fallback: 'none',
  }),
  POOL: variable(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
      .default('default'),
    {
      topic: 'Sessions',
      neededBy: ['bot', 'worker'],
      expected: 'lower-case letters, digits and "-"',
      meaning:
        'The pool of this worker: the workers that share one SESSIONS_DIR. For the bot: the pool that new sessions are placed in.',
      fallback: '`default`',
    },
  ),
  IDLE_TIMEOUT_MINUTES: variable(amount(10), {
    topic: 'Sessions',
    neededBy: ['worker'],
    expected: 'a number of minutes above 0, fractions allowed',
    meaning:
      'A session that was not used for so long is suspended: its Claude process is stopped and resumed on the next message.',
    fallback: '`10`',
  }),
  INACTIVITY_MINUTES: variable(amount(15), {
    topic: 'Sessions',
    neededBy: ['worker'],
    expected: 'a number of minutes above 0, fractions allowed',
    meaning:
      'A Claude that prints nothing for so long in a turn is interrupted, and the chat is told. A single command of Claude may run for 10 minutes without a word, so set it higher than that.',
    fallback: '`15`',
  }),
  ANSWER_MINUTES: variable(amount(240), {
    topic: 'Sessions',
    neededBy: ['worker'],
    expected: 'a number of minutes above 0, fractions allowed',
    meaning:
      'How long Claude waits for a person to allow something or to answer a question. After that it is denied, and Claude goes on.',
    fallback: '`240`',
  }),
};
