import type { Reply } from '@signalbox/contracts';
import { JobFailed, MOST_TRIES } from '@signalbox/queues';
import { words } from '../wording/words.ts';

/**
 * A reply that brought its bots down: after some tries its bare text, without what is done to show it well, and after as many more only
 * a word that there was one. Throws `JobFailed` if there is nothing to be seen of it.
 */
export function simplifyReply(reply: Reply, takeOvers: number): Reply {
  if (takeOvers < MOST_TRIES) return reply;
  const { version, place, session, replyTo, silent } = reply;
  const shown = { version, kind: 'text', place, session, replyTo, silent } as const;
  if (reply.kind === 'settled' || reply.kind === 'refreshed' || reply.kind === 'reaction')
    throw new JobFailed(`Given up after ${takeOvers} take-overs`);
  if (takeOvers >= 2 * MOST_TRIES) return { ...shown, text: words.replyGaveUp(takeOvers) };
  const isOnlyText = reply.kind === 'markdown' || reply.kind === 'tools';
  return isOnlyText ? { ...shown, text: reply.text } : reply;
}
