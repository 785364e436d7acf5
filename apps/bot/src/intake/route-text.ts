import { type Origin, readSessionJob, sessionOfQueue } from '@signalbox/contracts';
import type { Routing, Signals, Waiting } from '@signalbox/queues';
import type { Expectations } from '../asking/expectations.ts';

/** See `Surroundings.answerWith`. `id` names the update: the same one answers once. */
export async function answerWith(
  { expectations, signals }: { expectations: Expectations; signals: Signals },
  { origin, text, session, id }: { origin: Origin; text: string; session: string | undefined; id: string },
): Promise<string | undefined> {
  const { place, userId, userName: by } = origin;
  for (const { queue, questionId, prefix } of await expectations.find(place, userId)) {
    if (session !== undefined && sessionOfQueue(queue.name) !== session) continue;
    // The expectation stays until the decision is kept: until then the same update may come again.
    const holds = await signals.answer(queue, { id, questionId, answer: `${prefix}${text}`, by });
    if (holds?.id === id) return questionId;
    await expectations.clear(place, userId, questionId);
  }
  // Whoever came too late has written a message like any other.
  return undefined;
}

/** See `Surroundings.editJob`. */
export async function editJob(
  { routing, waiting }: { routing: Routing; waiting: Waiting },
  { place, messageId }: Origin,
  text: string,
): Promise<'edited' | 'too-late' | 'unknown'> {
  const job = await routing.jobOfMessage(place.chatId, messageId);
  if (!job) return 'unknown';
  const read = readSessionJob(await waiting.read(job.queue.name, job.jobId));
  // Telegram also tells of changes that are none of the text, such as a preview of a link.
  if (read.status !== 'ok' || read.value.kind !== 'message' || read.value.text === text) return 'unknown';
  return (await waiting.edit(job.queue.name, job.jobId, { ...read.value, text })) ? 'edited' : 'too-late';
}
