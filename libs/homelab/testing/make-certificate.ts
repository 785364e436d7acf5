import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';

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

/** Made here because Node makes keys but no certificates, and one that is checked in expires. */
export function makeCertificate({ until = inDays(1), dnsName }: CertificateOptions = {}): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(hex('06082A8648CE3D040302')); // ecdsa-with-SHA256
  const name = sequence(der(0x31, sequence(hex('0603550403'), der(0x0c, Buffer.from('signalbox test')))));
  const loopback = [der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1]))];
  const names = sequence(...(dnsName ? [der(0x82, Buffer.from(dnsName))] : loopback));
  const content = sequence(
    der(0xa0, hex('020102')), // version 3
    der(0x02, Buffer.concat([hex('01'), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(inDays(-2)), time(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(hex('0603551D11'), der(0x04, names)))), // subjectAltName
  );
  const signature = der(0x03, Buffer.concat([hex('00'), sign('sha256', content, privateKey)]));
  const whole = sequence(content, algorithm, signature);
  const cert = `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert, key, fingerprint: new X509Certificate(cert).fingerprint256 };
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

function time(at: Date): Buffer {
  return der(0x17, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** An element of DER: its tag, its length, its content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex');
}
