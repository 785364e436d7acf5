import { isIP } from 'node:net';

/** A host that may be asked: the only ones are those of PING_HOSTS. */
export interface PingHost {
  readonly name: string;
  /** An IP address or a host's name. */
  readonly address: string;
  /** The port that it was named with: it must be open. */
  readonly port?: number;
}

const MOST_HOSTS = 20;
const NAME = /^[a-z0-9][a-z0-9._-]{0,31}$/i;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
// An IPv6 address with a port stands in brackets.
const ADDRESS = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/;

/** Reads `nas=10.5.0.20,npm=10.5.0.1:443`. Every entry that cannot be used is a problem, in words. */
export function parsePingHosts(text: string): {
  readonly hosts: readonly PingHost[];
  readonly problems: readonly string[];
} {
  const entries = text.split(',').flatMap((entry) => (entry.trim() ? [entry.trim()] : []));
  const read = entries.map((entry) => ({ entry, host: parseHost(entry) }));
  const hosts = read.flatMap(({ host }) => host ?? []);
  const problems = read
    .filter(({ host }) => !host)
    .map(({ entry }) => `“${entry}” is not name=address or name=address:port`);
  const names = hosts.map(({ name }) => name.toLowerCase());
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  if (twice.length > 0) problems.push(`${[...new Set(twice)].join(', ')} stands there twice`);
  if (hosts.length > MOST_HOSTS) problems.push(`${hosts.length} hosts are more than ${MOST_HOSTS}`);
  if (entries.length === 0) problems.push('it names no host');
  return { hosts, problems };
}

function parseHost(entry: string): PingHost | undefined {
  const at = entry.indexOf('=');
  const name = entry.slice(0, at).trim();
  const target = entry.slice(at + 1).trim();
  if (at < 1 || !NAME.test(name)) return undefined;
  if (isIP(target) === 6) return { name, address: target };
  const [, bracketed, plain = '', portText] = ADDRESS.exec(target) ?? [];
  const address = bracketed ?? plain;
  if (!(bracketed === undefined ? isAddress(plain) : isIP(bracketed) === 6)) return undefined;
  if (portText === undefined) return { name, address };
  const port = Number(portText);
  return port >= 1 && port <= 65_535 ? { name, address, port } : undefined;
}

/** Four numbers must be an address: `10.5.0.300` is no host's name. */
function isAddress(text: string): boolean {
  return isIP(text) === 4 || (HOST_NAME.test(text) && !/^[\d.]+$/.test(text));
}
