import { HomelabError, type HomelabErrorCode } from '../contract/homelab-error.ts';
import type { Redact } from './redactor.ts';
import { type Service, showService } from './services-of.ts';
import { GivenUp, TimedOut } from './with-deadline.ts';

const CUT = ['unreachable', 'cut the connection. Is it being restarted, and is the port right?'] as const;

const NO_TLS = ['unreachable', 'does not speak TLS. Should it begin with http://, or is the port another?'] as const;

/** What is the matter, and what to do, by the code of the error. `<NAME>_` stands for the service's name. */
const BY_CODE: Readonly<Record<string, readonly [HomelabErrorCode, string]>> = {
  ECONNREFUSED: ['unreachable', 'does not answer: connection refused. Is it on, and are address and port right?'],
  ENOTFOUND: ['unreachable', 'is not found: no address has this name. Is it written right?'],
  EAI_AGAIN: ['unreachable', 'is not found: the name server does not answer. Is the network up?'],
  EHOSTUNREACH: ['unreachable', 'does not answer: there is no host at this address. Is it on?'],
  ENETUNREACH: ['unreachable', 'does not answer: no network leads there. Is the network up?'],
  ECONNRESET: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: CUT,
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'does not answer: no connection in time. Is it on, and is a firewall between?'],
  UND_ERR_RES_EXCEEDED_MAX_SIZE: ['answer', 'answers more than the 2 MB that are read. Is it the right service?'],
  CERT_HAS_EXPIRED: ['certificate', 'shows a certificate that has expired. Renew it, or set <NAME>_FINGERPRINT.'],
  CERT_NOT_YET_VALID: ['certificate', 'shows a certificate of the future. Is the clock right?'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'certificate',
    'shows a certificate for other names. Use a name it is for, or set <NAME>_FINGERPRINT.',
  ],
};

const UNTRUSTED = /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|INVALID_CA|PATH_LENGTH_|HOSTNAME_MISMATCH)/;

/** An error of the connection as one sentence for a person. Of an unknown one only its code is said: messages may hold anything. */
export function describeFailure(service: Service, error: unknown, redact: Redact): Error {
  if (error instanceof HomelabError) return error;
  const [code, what] = tell(error);
  return new HomelabError(code, redact(`${showService(service)} ${what.replaceAll('<NAME>_', `${service.name}_`)}`));
}

function tell(error: unknown): readonly [HomelabErrorCode, string] {
  if (error instanceof TimedOut)
    return ['timeout', `gave no answer within ${error.timeoutMs / 1000} s. Is it very busy?`];
  if (error instanceof GivenUp) return ['timeout', 'gave no answer in the time that the whole command has.'];
  const code = codeOf(error);
  const known = BY_CODE[code];
  if (known) return known;
  if (UNTRUSTED.test(code)) {
    const cure = 'Set <NAME>_FINGERPRINT to its SHA-256, or <NAME>_CA_FILE to the file of its CA.';
    return ['certificate', `shows a certificate that nobody known has signed (${code}). ${cure}`];
  }
  if (code.startsWith('HPE_') || code === 'HTTPParserError')
    return ['answer', `answers something that is not HTTP (${code}). Is the port right?`];
  return ['unreachable', `cannot be asked (${code}).`];
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown error';
}
