import { type MenuButton, type QueueRef, readSessionJob, type SessionJob } from '@signalbox/contracts';
import type { Waiting, WaitingJob } from '@signalbox/queues';
import type { MenuView } from './questions.ts';
import { plainText } from './rendering/formatted-text.ts';

/** How many jobs are shown with buttons: more would not fit a phone. */
const MOST_SHOWN = 12;
/** How many are looked at. */
const MOST_READ = 200;
/** The beginning of a message, in UTF-16 units. */
const EXCERPT = 60;

/** Shows what a session is at and what waits for it, with buttons to take a message out and to let it be the next. */
export function createQueueMenu(
  waiting: Pick<Waiting, 'list'>,
): (session: string, queue: QueueRef) => Promise<MenuView> {
  return async (session, queue) => describeQueue(session, queue, await waiting.list(queue.name, MOST_READ));
}

/** The text and buttons of `/queue`. Pure. */
export function describeQueue(session: string, queue: QueueRef, jobs: readonly WaitingJob[]): MenuView {
  const shown = jobs.filter(({ partOf }) => partOf === undefined);
  const running = shown.filter(({ hasBegun }) => hasBegun);
  const waits = shown.filter(({ hasBegun }) => !hasBegun);
  const listed = waits.slice(0, MOST_SHOWN);
  const lines = [
    ...running.map((job) => `▶️ ${excerptOf(job)}`),
    ...listed.map((job, index) => `${index + 1}. ${excerptOf(job)}`),
    ...(waits.length > listed.length ? [`… and ${waits.length - listed.length} more`] : []),
  ];
  const text =
    lines.length === 0
      ? `Nothing waits in session '${session}'.`
      : [`Queue of session '${session}':`, ...lines].join('\n');
  const rows = listed.map((job, index) => buttonsOf({ queue, jobId: job.id }, index));
  return { message: plainText(text), rows };
}

function buttonsOf(about: { queue: QueueRef; jobId: string }, index: number): MenuButton[] {
  const cancel: MenuButton = { label: `✖ Cancel ${index + 1}`, act: { do: 'stop', about } };
  // The first is the next one already.
  return index === 0 ? [cancel] : [cancel, { label: `⏫ Run next ${index + 1}`, act: { do: 'run-next', about } }];
}

/** A job in a few words. */
export function excerptOf({ data }: Pick<WaitingJob, 'data'>): string {
  const read = readSessionJob(data);
  if (read.status !== 'ok') return '(of a newer version)';
  return inFewWords(read.value);
}

function inFewWords(job: SessionJob): string {
  if (job.kind !== 'message') return `/${job.kind}`;
  const line = job.text.replace(/\s+/g, ' ').trim();
  // A pair cut in half would be refused by Telegram.
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
