import {
  type FileRef,
  type MenuButton,
  type QueueRef,
  readSessionJob,
  type SessionJob,
  sessionOfQueue,
} from '@signalbox/contracts';
import type { WaitingJob } from '@signalbox/queues';
import type { MenuView } from '../asking/questions.ts';
import { plainText } from '../rendering/text/formatted-text.ts';
import type { Surroundings } from './decision.ts';
import { type Line, readLine, withFormer } from './with-former.ts';

/** How many jobs are shown with buttons: more would not fit a phone. */
const MOST_SHOWN = 12;
/** How many are looked at. */
const MOST_READ = 200;
/** The beginning of a message, in UTF-16 units. */
const EXCERPT = 60;

/** Shows what the session of a queue is at and what waits for it, with buttons to take a message out and to let it be the next. */
export function createQueueMenu(around: Pick<Surroundings, 'waiting' | 'session'>) {
  return async ({ name: queue, group }: QueueRef): Promise<MenuView> => {
    const name = sessionOfQueue(queue);
    const card = await around.session(name);
    // One that was renamed or removed meanwhile may still have something in its queue.
    const cards = card ? await withFormer(card, around) : [{ name, pool: group.slice('session.'.length) }];
    return describeQueue(name, await Promise.all(cards.map((each) => readLine(each, around, MOST_READ))));
  };
}

/** The text and buttons of `/queue`. Pure. */
export function describeQueue(session: string, line: readonly Line[]): MenuView {
  const shown = line.flatMap(({ queue, jobs }) => jobs.map((job) => ({ ...job, queue })));
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
  return {
    message: plainText(text),
    rows: listed.map((job, index) => buttonsOf(job, index, listed[index - 1]?.queue)),
  };
}

function buttonsOf({ queue, id }: { queue: QueueRef; id: string }, index: number, before?: QueueRef): MenuButton[] {
  const about = { queue, jobId: id };
  const cancel: MenuButton = { label: `✖ Cancel ${index + 1}`, act: { do: 'stop', about } };
  // The first of its queue is the next one already.
  if (before?.name !== queue.name) return [cancel];
  return [cancel, { label: `⏫ Run next ${index + 1}`, act: { do: 'run-next', about } }];
}

/** A job in a few words. */
export function excerptOf({ data }: Pick<WaitingJob, 'data'>): string {
  const read = readSessionJob(data);
  if (read.status !== 'ok') return '(of a newer version)';
  return inFewWords(read.value);
}

function inFewWords(job: SessionJob): string {
  if (job.kind !== 'message') return `/${job.kind}`;
  const line = job.text.replace(/\s+/g, ' ').trim() || (job.files ?? []).map(inAWord).join(', ');
  // A pair cut in half would be refused by Telegram.
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT - 1).replace(/[\ud800-\udbff]$/, '')}…` : line;
}

function inAWord({ kind, name }: FileRef): string {
  return name === undefined ? `📎 ${kind}` : `📎 ${name}`;
}
