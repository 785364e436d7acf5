import { readFile } from 'node:fs/promises';
import { createSecureContext, type TLSSocket } from 'node:tls';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { HomelabError } from '../contract/homelab-error.ts';
import { readFingerprint } from './fingerprint.ts';
import { type Service, showService } from './services-of.ts';
import { systemCertificates } from './system-certificates.ts';

/** The most that is read of an answer, in bytes. */
const MAX_BYTES = 2 * 1024 * 1024;

/** How long a connection may take, in ms; the deadline of a request may be nearer. */
const CONNECT_TIMEOUT_MS = 5_000;

/** Makes the way to each service once: plain, or TLS that is checked before anything is sent. */
export function createDispatchers(): (service: Service) => Promise<Dispatcher> {
  const made = new Map<Service, Dispatcher>();
  return async (service) => {
    const dispatcher = made.get(service) ?? new Agent({ ...OPTIONS, connect: await connectorOf(service) });
    made.set(service, dispatcher);
    return dispatcher;
  };
}

/** No connection is kept, so that none must be closed. */
const OPTIONS = { pipelining: 0, maxResponseSize: MAX_BYTES } as const;

// A resumed TLS session shows no certificate, so none is resumed.
const CONNECT = { timeout: CONNECT_TIMEOUT_MS, maxCachedSessions: 0 } as const;

async function connectorOf(service: Service): Promise<buildConnector.connector> {
  const secure = new URL(service.url).protocol === 'https:';
  if (service.fingerprint !== undefined) {
    if (secure) return pinned(service, service.fingerprint);
    const cure = `Let it begin with https://, or remove ${service.name}_FINGERPRINT.`;
    throw new HomelabError('certificate', `${showService(service)} has no certificate to be compared. ${cure}`);
  }
  if (!secure) return buildConnector(CONNECT);
  const ca = service.caFile === undefined ? await systemCertificates() : await readAuthorities(service, service.caFile);
  return buildConnector({ ...CONNECT, secureContext: trusting(service, ca) });
}

/** The certificate itself is what is trusted, so its names, its age and its signer do not matter. */
function pinned(service: Service, fingerprint: string): buildConnector.connector {
  const variable = `${service.name}_FINGERPRINT`;
  const expected = readFingerprint(fingerprint);
  if (!expected) throw new HomelabError('certificate', `${variable} is no SHA-256 fingerprint: 64 hexadecimal digits.`);
  const connect = buildConnector({ ...CONNECT, rejectUnauthorized: false });
  return (options, done) =>
    connect(options, (...[error, socket]) => {
      if (error) return done(error, null);
      const shown = (socket as TLSSocket).getPeerCertificate().fingerprint256;
      if (shown === expected) return done(null, socket);
      socket.destroy();
      const cure = `If it was renewed, set ${variable} to the new one.`;
      done(new HomelabError('certificate', `${showService(service)} shows the certificate ${shown}. ${cure}`), null);
    });
}

async function readAuthorities(service: Service, caFile: string): Promise<string[]> {
  const text = await readFile(caFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new HomelabError('certificate', `${service.name}_CA_FILE (${caFile}) cannot be read: ${error.code}.`);
  });
  return [text];
}

function trusting(service: Service, ca: string[]) {
  try {
    return createSecureContext({ ca });
  } catch {
    const what =
      service.caFile === undefined ? "the system's certificates" : `${service.name}_CA_FILE (${service.caFile})`;
    throw new HomelabError('certificate', `Expected certificates (PEM) in ${what}; they cannot be read.`);
  }
}
