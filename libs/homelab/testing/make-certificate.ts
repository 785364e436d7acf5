import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A self-signed certificate for `localhost` and 127.0.0.1, and its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** As Node shows it: `AB:CD:…`. */
  readonly fingerprint: string;
}

export interface CertificateOptions {
  /** Until when it is valid: in a day. */
  readonly until?: Date;
  /** Another name than `localhost` and 127.0.0.1. */
  readonly dnsName?: string;
}

const LOOPBACK = [
  { type: 2, value: 'localhost' },
  { type: 7, ip: '127.0.0.1' },
] as const;

/** Made when it is needed, because one that is checked in expires. */
export async function makeCertificate({ until = inDays(1), dnsName }: CertificateOptions = {}): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'signalbox test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: inDays(-2),
    notAfterDate: until,
    extensions: [
      { name: 'subjectAltName', altNames: dnsName === undefined ? [...LOOPBACK] : [{ type: 2, value: dnsName }] },
    ],
  });
  return { cert, key, fingerprint: new X509Certificate(cert).fingerprint256 };
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}
