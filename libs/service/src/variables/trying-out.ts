import { z } from 'zod';
import { anyPort, text, yes } from './schemas.ts';
import { variable } from './variable.ts';

export const tryingOutVariables = {
  SIMULATOR_PORT: variable(anyPort, {
    topic: 'Trying it out',
    neededBy: ['simulator'],
    expected: 'a port, 0 to 65535',
    meaning: 'The port of the simulated Telegram’s chat page. 0 takes a free one.',
    fallback: '`8081`, or a free one',
  }),
  SIMULATOR_HOST: variable(text, {
    topic: 'Trying it out',
    neededBy: ['simulator'],
    expected: 'a loopback address',
    meaning: 'Where the simulator listens.',
    fallback: '`127.0.0.1`',
  }),
  SIMULATOR_BOT_TOKEN: variable(text, {
    topic: 'Trying it out',
    neededBy: ['simulator'],
    expected: 'a token of the form 123456:ABC…',
    meaning: 'The token of the simulated bot.',
    fallback: 'one that is always the same',
  }),
  SIMULATOR_MODEL_IS_SIMULATED: variable(z.enum(['true', 'false']).optional(), {
    topic: 'Trying it out',
    neededBy: ['simulator'],
    expected: 'true or false',
    meaning: 'Set by `npm start`: whether the chat page says that the model is simulated.',
    fallback: '`true`',
  }),
  SIMULATOR_STATE_DIR: variable(text, {
    topic: 'Trying it out',
    neededBy: ['simulator'],
    expected: 'a directory',
    meaning: 'Set by `npm start`: where the simulated Telegram keeps its chats over a restart.',
    fallback: 'they are forgotten',
  }),
  STATE_DIR: variable(z.string().default('.signalbox'), {
    topic: 'Trying it out',
    neededBy: ['start'],
    expected: 'a directory',
    meaning:
      'Where `npm start` keeps its private Redis, the chats of the simulated Telegram and, with a simulated model, Claude’s files.',
    fallback: '`.signalbox`',
  }),
  MODEL_IS_SIMULATED: variable(yes, {
    topic: 'Trying it out',
    neededBy: ['worker', 'dashboard'],
    expected: '1 or 0',
    meaning: 'Set by `npm start` when there is no login and no key, so that every surface says so.',
    fallback: '`0`',
  }),
};
