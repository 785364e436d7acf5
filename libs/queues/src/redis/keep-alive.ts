import { type Redis, ReplyError } from 'ioredis';

/** How often a connection is asked whether the other end is there, in ms. */
const EVERY_MS = 2_000;
/** After so many questions in a row that nobody answered, another connection is made. */
const MOST_UNANSWERED = 3;

/**
 * Replaces a connection whose other end has vanished without a word (a cable, a router that forgot it): without that it would be kept
 * for a quarter of an hour, or for ever if nothing is sent on it. Returns what ends it.
 */
export function keepAlive(connection: Redis): () => void {
  let unanswered = 0;
  const ask = async () => {
    if (connection.status !== 'ready') return 0;
    if (unanswered < MOST_UNANSWERED) {
      unanswered += 1;
      return connection.ping().then(
        () => 0,
        (error: unknown) => (error instanceof ReplyError ? 0 : unanswered),
      );
    }
    connection.disconnect(true);
    return 0;
  };
  const timer = setInterval(async () => {
    unanswered = await ask();
  }, EVERY_MS);
  return () => clearInterval(timer);
}
