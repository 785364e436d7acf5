import type { Queues } from '@signalbox/queues';
import type { Redact } from '@signalbox/service';

/** Fields that are names of the project's own or Telegram's, not anybody's text: without them nobody could read the rest. */
const STRUCTURE = new Set(['kind', 'session', 'turn', 'state', 'about', 'file', 'to', 'request']);

/**
 * The queues, with everything that leaves this worker for a chat passed through the redactor: a tool of Claude's may print
 * what it can see, Claude's own key included, and what is in a queue is also in Redis, in the dashboard and in Telegram.
 */
export function redactReplies<Parts extends Pick<Queues, 'addJob' | 'publishLive'>>(
  queues: Parts,
  redact: Redact,
): Parts {
  // String by string: a secret of digits may stand in the id of a chat.
  const cleanStrings = (_key: string, value: unknown) => (typeof value === 'string' ? redact(value) : value);
  const clean = <T extends object>(data: T): T =>
    Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        STRUCTURE.has(key) || value === undefined ? value : JSON.parse(JSON.stringify(value), cleanStrings),
      ]),
    ) as T;
  return {
    ...queues,
    addJob: (queue, entry) => queues.addJob(queue, { ...entry, data: clean(entry.data) }),
    publishLive: (frame) => queues.publishLive(clean(frame)),
  };
}
