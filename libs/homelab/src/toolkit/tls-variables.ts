import { z } from 'zod';
import { readFingerprint } from '../http/fingerprint.ts';

/** The value of `<NAME>_FINGERPRINT`. */
export const fingerprint = z.string().refine((text) => readFingerprint(text) !== undefined, 'it is no SHA-256');

/** What the variables of a service's certificate expect and mean. */
export const tlsVariables = {
  fingerprint: {
    expected: 'a SHA-256 fingerprint: 64 hexadecimal digits, with colons or without',
    meaning: 'The fingerprint of its certificate: no other is accepted.',
    optional: true,
  },
  caFile: {
    expected: 'a file of certificates (PEM)',
    meaning: 'Who may have signed its certificate, if the system does not know them.',
    optional: true,
  },
} as const;
