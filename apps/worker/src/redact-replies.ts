import type { Queues } from '@signalbox/queues';
import type { Redact } from '@signalbox/service';

/**
 * The queues, with everything that leaves this worker for a chat passed through the redactor: a tool of Claude's may print
 * what it can see, Claude's own key included, and what is in a queue is also in Redis, in the dashboard and in Telegram.
 */
export function redactReplies<Parts extends Pick<Queues, 'addJob' | 'publishLive'>>(
  queues: Parts,
  redact: Redact,
): Parts {
  const clean = <T>(data: T): T => JSON.parse(redact(JSON.stringify(data))) as T;
  return {
    ...queues,
    addJob: (queue, entry) => queues.addJob(queue, { ...entry, data: clean(entry.data) }),
    publishLive: (frame) => queues.publishLive(clean(frame)),
  };
}
