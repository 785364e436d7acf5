import { text, yes } from './schemas.ts';
import { variable } from './variable.ts';

/** What docker-compose.yml itself is filled in with. No process of Signalbox reads them. */
export const composeVariables = {
  REDIS_PASSWORD: variable(text, {
    topic: 'Docker Compose',
    neededBy: ['compose'],
    isRequired: true,
    expected: 'letters and digits',
    meaning: 'The password of the Redis in the compose file, of which REDIS_URL is made there.',
    fallback: 'none: it must be set',
    secret: true,
  }),
  INSTALL_CLAUDE: variable(yes, {
    topic: 'Docker Compose',
    neededBy: ['compose'],
    expected: '1 or 0',
    meaning: 'Whether the worker’s image is built with the Claude CLI in it. Such an image must stay on your machine.',
    fallback: '`1`',
  }),
};
