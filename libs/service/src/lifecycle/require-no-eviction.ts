import type { Log } from '../logging/log.ts';
import { FatalError } from './run-service.ts';

/** The only policy under which Redis keeps what it has taken. */
const KEEPS_ALL = 'noeviction';

/**
 * Says what is wrong with what a Redis takes away when it has no room (`maxmemory-policy`), and what to type; `undefined`: nothing.
 * @param url of the Redis; no password of it is repeated
 */
export function describeEviction(policy: string, url: string): string | undefined {
  if (policy === KEEPS_ALL) return undefined;
  return (
    `maxmemory-policy of Redis is ${policy}: it may drop jobs when it has no room. ` +
    `Type: ${cliOf(url)} CONFIG SET maxmemory-policy ${KEEPS_ALL} ` +
    `and put “maxmemory-policy ${KEEPS_ALL}” into its redis.conf; of a hosted Redis it is in the provider’s settings.`
  );
}

/**
 * To be asked before anything is accepted: throws `FatalError` if Redis may drop what it has taken, and warns if that is not known.
 * @param policy `undefined`: Redis does not say
 */
export function requireNoEviction(policy: string | undefined, url: string, log: Pick<Log, 'warn'>): void {
  if (policy === undefined) {
    log.warn(
      `Redis does not say what it drops when it has no room (INFO and CONFIG are not allowed). See to it that its maxmemory-policy is ${KEEPS_ALL}, or messages may be lost.`,
    );
    return;
  }
  const problem = describeEviction(policy, url);
  if (problem !== undefined) throw new FatalError(problem);
}

/** The command that reaches the Redis; it asks for the password, if there is one. */
function cliOf(url: string): string {
  if (url.startsWith('unix:')) return `redis-cli -s ${url.slice('unix:'.length)}`;
  if (!URL.canParse(url)) return 'redis-cli';
  const { protocol, hostname, port, username, password } = new URL(url);
  const named = username === '' ? [] : [`--user ${decodeURIComponent(username)}`];
  const asks = password === '' ? [] : ['--askpass'];
  const tls = protocol === 'rediss:' ? ['--tls'] : [];
  return ['redis-cli', `-h ${hostname}`, `-p ${port || 6_379}`, ...tls, ...named, ...asks].join(' ');
}
