import { z } from 'zod';
import { text } from './schemas.ts';
import { variable } from './variable.ts';

export const operationsVariables = {
  LOG_LEVEL: variable(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'), {
    topic: 'Operations',
    neededBy: ['bot', 'worker', 'dashboard'],
    expected: 'fatal, error, warn, info, debug, trace or silent',
    meaning: 'How much is logged.',
    fallback: '`info`',
  }),
  HEARTBEAT_FILE: variable(text, {
    topic: 'Operations',
    neededBy: ['bot', 'worker'],
    expected: 'a path',
    meaning:
      'A file that the bot or worker touches every 5 s while it is well, for health checks of containers. With `npm start` both do.',
    fallback: 'none',
  }),
  GRACE_SECONDS: variable(
    z
      .string()
      .regex(/^\d{1,5}$/)
      .default('10')
      .transform(Number),
    {
      topic: 'Operations',
      neededBy: ['worker'],
      expected: 'a whole number of seconds',
      meaning:
        'How long a worker that is told to stop lets a running turn go on before it parks it for the next worker.',
      fallback: '`10`',
    },
  ),
};
