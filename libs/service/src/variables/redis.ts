import { url } from './schemas.ts';
import { variable } from './variable.ts';

export const redisVariables = {
  REDIS_URL: variable(url('redis:', 'rediss:', 'unix:').optional(), {
    topic: 'Redis',
    neededBy: ['bot', 'worker', 'dashboard'],
    isRequired: true,
    expected: 'redis://… or rediss://… (or unix:/path of a socket)',
    meaning: 'The Redis that holds the queues. It must use `maxmemory-policy noeviction` and should use AOF.',
    fallback: '`npm start`: a private redis-server under `.signalbox/`',
    secret: true,
  }),
};
