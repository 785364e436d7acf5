import { z } from 'zod';
import { text } from './schemas.ts';
import { variable } from './variable.ts';

/** Not Signalbox's own: what every program of the machine knows by these names. A container has them only if they are handed on. */
export const machineVariables = {
  TZ: variable(z.string().refine(isTimeZone).optional(), {
    topic: 'The machine',
    neededBy: ['worker'],
    expected: 'a time zone such as Europe/Vienna',
    meaning: 'The time zone of HOMELAB_QUIET_HOURS and of Claude.',
    fallback: 'the machine’s',
  }),
  HTTP_PROXY: variable(text, {
    topic: 'The machine',
    neededBy: ['worker'],
    expected: 'an address such as http://proxy:3128',
    meaning: 'The proxy that Claude uses for http:// addresses.',
    fallback: 'none',
    secret: true,
  }),
  HTTPS_PROXY: variable(text, {
    topic: 'The machine',
    neededBy: ['worker'],
    expected: 'an address such as http://proxy:3128',
    meaning: 'The proxy that Claude uses for https:// addresses.',
    fallback: 'none',
    secret: true,
  }),
  NO_PROXY: variable(text, {
    topic: 'The machine',
    neededBy: ['worker'],
    expected: 'names of machines, separated by commas',
    meaning: 'What Claude asks without the proxy.',
    fallback: 'none',
  }),
  NODE_EXTRA_CA_CERTS: variable(text, {
    topic: 'The machine',
    neededBy: ['bot', 'worker', 'dashboard'],
    expected: 'a file of certificates (PEM)',
    meaning: 'Who else may have signed the certificates of the servers that are asked. Claude gets it, too.',
    fallback: 'those that Node.js knows',
  }),
  SSL_CERT_FILE: variable(text, {
    topic: 'The machine',
    neededBy: ['worker'],
    expected: 'a file of certificates (PEM)',
    meaning: 'The same for programs that Claude runs.',
    fallback: 'the machine’s',
  }),
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
