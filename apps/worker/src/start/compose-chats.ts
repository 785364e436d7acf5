import type { AddJob, JobHandler, Queues } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { answerHomelab } from '../house/answer-homelab.ts';
import { answerStatus, type StatusNeeds } from '../house/answer-status.ts';
import { createCardsOfOthers } from '../house/leave-to-others.ts';
import type { House } from '../house/open-house.ts';
import { readSignalbox } from '../house/read-signalbox.ts';
import { answerSessions } from './answer-sessions.ts';
import { serveChats } from './serve-chats.ts';

/** What the status of one worker's house is read from. */
export function composeStatus(
  { owner, workforce, routing, overview }: Pick<Queues, 'owner' | 'workforce' | 'routing' | 'overview'>,
  house: House,
  pool: string,
): StatusNeeds & { readonly house: House } {
  const { workers } = workforce;
  const { sessions } = routing;
  const { load } = overview;
  return {
    house,
    cardsOfOthers: createCardsOfOthers(workers, { id: owner, pool }),
    readSignalbox: () => readSignalbox({ workers, sessions, load }),
  };
}

/** Composes what answers the jobs of the chats' queues. */
export function composeChats(
  status: ReturnType<typeof composeStatus>,
  { routing, overview, workforce: { workers } }: Pick<Queues, 'routing' | 'overview' | 'workforce'>,
  { addJob, pool, log }: { readonly addJob: AddJob; readonly pool: string; readonly log: Log },
): JobHandler {
  const { house, cardsOfOthers } = status;
  return serveChats({
    addJob,
    log,
    answerSessions: (job) => answerSessions(job, { routing, overview, workers, pool }),
    answerStatus: (run) => answerStatus(status, run),
    answerHomelab: (job, run) => answerHomelab(job, { house, cardsOfOthers, pool }, run),
  });
}
