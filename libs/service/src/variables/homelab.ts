import { z } from 'zod';
import { list, text } from './schemas.ts';
import { variable } from './variable.ts';

export const homelabVariables = {
  HOMELAB_PLUGINS: variable(text, {
    topic: 'Homelab',
    neededBy: ['worker'],
    expected: 'paths of modules, or names of installed packages, separated by commas',
    meaning:
      'More integrations, for the workers. A path that begins with a dot is relative to the worker’s working directory.',
    fallback: 'none',
  }),
  HOMELAB_WATCH: variable(list, {
    topic: 'Homelab',
    neededBy: ['worker'],
    expected: 'names of integrations, separated by commas',
    meaning:
      'Integrations that are watched, such as `kuma,beszel,pbs`. What gets worse, and what is well again, is told once in the chat.',
    fallback: 'none',
  }),
  HOMELAB_WATCH_CHAT: variable(
    z
      .string()
      .regex(/^-?\d{1,16}$/)
      .transform(Number)
      .optional(),
    {
      topic: 'Homelab',
      neededBy: ['worker'],
      expected: 'the numeric id of a chat',
      meaning: 'Where the watch tells what it has found.',
      fallback: 'the first of TELEGRAM_ALLOWED_USERS',
    },
  ),
  HOMELAB_WATCH_SECONDS: variable(
    z
      .string()
      .regex(/^\d*\.?\d+$/)
      .default('60')
      .transform(Number)
      .refine((value) => value > 0),
    {
      topic: 'Homelab',
      neededBy: ['worker'],
      expected: 'a number of seconds above 0',
      meaning: 'How often what is watched is asked. What two looks in a row have found is told.',
      fallback: '`60`',
    },
  ),
  HOMELAB_QUIET_HOURS: variable(
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
    {
      topic: 'Homelab',
      neededBy: ['worker'],
      expected: 'two times of day such as 22:00-07:00',
      meaning:
        'Hours in which the watch tells nothing; what still holds afterwards is told then. In the worker’s time zone.',
      fallback: 'none',
    },
  ),
};
