import { isIP } from 'node:net';
import { isLoopback } from '@signalbox/service';

/** Whether `host` stands for all addresses of the machine. */
function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/**
 * Whether a request that names `host` (a Host header's host, without its port) is meant for a dashboard that listens on `listensOn`. A page
 * elsewhere can make a browser send requests here under a name of its own (DNS rebinding), but not under one of these: loopback names,
 * what was configured, and, when listening on all addresses, an address in numbers.
 */
export function isOwnName(host: string, listensOn: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return isLoopback(name) || name === listensOn.toLowerCase() || (isWildcard(listensOn) && isIP(name) !== 0);
}

/** The host of a Host header or of an origin, without its port; `undefined` if there is none. */
export function hostOf(authority: string): string | undefined {
  return /^(\[[\da-f:.]+\]|[^:/@?#\s]+)(:\d{1,5})?$/i.exec(authority)?.[1];
}

/** An address to open in a browser. */
export function urlOf(host: string, port: number): string {
  const reachable = isWildcard(host) ? '127.0.0.1' : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`;
}
