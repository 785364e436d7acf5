/** What a Redis says, as the first word of its refusal, while it cannot do what it is asked. */
const REFUSALS = new Set([
  // It starts, is a replica, or has no master or majority at the moment.
  ...['LOADING', 'READONLY', 'MASTERDOWN', 'NOREPLICAS', 'CLUSTERDOWN', 'TRYAGAIN', 'MOVED', 'ASK', 'UNBLOCKED'],
  // It has no room, cannot write to its disk, or is busy with a script.
  ...['OOM', 'MISCONF', 'BUSY'],
  // Its password or its access list changed: an operator mends that, and what was accepted waits so long.
  ...['NOAUTH', 'WRONGPASS', 'NOPERM'],
]);

/** What the operating system says of a connection that fails. `ENOENT`, `EACCES`: of a socket that is not there yet, see `isOfConnection`. */
const CONNECTION_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'NR_CLOSED'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
]);

/** What the client says of it: ioredis has no codes for these. */
const CONNECTION_WORDS =
  /^(Command timed out|Connection is closed|Stream isn't writeable|Command aborted|Socket closed unexpectedly|connect ETIMEDOUT|Reached the max retries per request limit|Failed to refresh slots cache|None of startup nodes is available|All sentinels are unreachable)/;

/**
 * Whether an error of Redis may pass by itself, so that it is worth to wait and try again: the connection is lost, it does not answer
 * in time, or it refuses for now. Anything else is a bug: it comes again however often it is tried.
 */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== undefined && CONNECTION_CODES.has(code)) return true;
  if (isOfConnection(error) || CONNECTION_WORDS.test(message)) return true;
  if (isReply(error) && REFUSALS.has(/^-?(\w+)/.exec(message)?.[1] ?? '')) return true;
  // A transaction is refused as a whole, and says why only in the errors of its commands.
  return message.startsWith('EXECABORT') && causesOf(error).some(mayPass);
}

/** ioredis gives what Redis replied this name. */
function isReply({ name }: Error): boolean {
  return name === 'ReplyError';
}

function isOfConnection({ syscall }: NodeJS.ErrnoException): boolean {
  return syscall === 'connect';
}

function causesOf(error: Error): unknown[] {
  const { previousErrors } = error as { previousErrors?: unknown[] };
  return previousErrors ?? [];
}
