import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

/** Where systems keep what they trust: Debian and Alpine, Fedora, macOS and BSD. */
const BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];

/** The authorities that Node brings and those that the system trusts: a house's own CA is among the latter. */
export async function systemCertificates(): Promise<string[]> {
  for (const bundle of BUNDLES) {
    const text = await readFile(bundle, 'utf8').catch(() => undefined);
    if (text !== undefined) return [...rootCertificates, text];
  }
  return [...rootCertificates];
}
