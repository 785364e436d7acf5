import { readFile } from 'node:fs/promises';
import type { Queues } from '@signalbox/queues';
import type { History } from './history.ts';
import { readReply } from './read-reply.ts';

const STATES = ['wait', 'active', 'completed', 'failed'] as const;

/** Notes the life of every job that the queues still know. */
export async function harvestJobs({ bull, overview }: Queues, history: History): Promise<void> {
  for (const name of await overview.names(10_000)) {
    for (const state of STATES) {
      for (const job of await bull.queue(name).getJobs([state])) {
        const { id: jobId = '', timestamp, processedOn, finishedOn, attemptsStarted: starts } = job;
        const times = { startedAt: processedOn, finishedAt: finishedOn };
        history.record(
          { type: 'job', queue: name, jobId, state, starts, ...times, id: messageOf(job.data) },
          timestamp,
        );
      }
    }
  }
}

/** Notes what the tools did, from the file that they wrote to: a message and the time in ms, line by line. */
export async function harvestEffects(path: string, history: History): Promise<void> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  for (const line of lines) {
    const [id = '', at] = line.split(' ');
    history.record({ type: 'effect', id }, Number(at));
  }
}

/** The message that a job was made from, or that a reply is about. */
function messageOf({
  kind,
  session,
  text = '',
}: {
  kind?: string;
  session?: string;
  text?: string;
}): string | undefined {
  if (kind === 'new') return `${session}-0`;
  return /^#(\S+)/.exec(text)?.[1] ?? readReply(text).id;
}
