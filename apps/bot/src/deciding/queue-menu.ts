import {
  type FileRef,
  type MenuButton,
  type QueueRef,
  readSessionJob,
  type SessionJob,
  sessionOfQueue,
  shorten,
} from '@signalbox/contracts';
import { inTurns, type Routing, type SentAtOnce, type Waiting, type WaitingJob } from '@signalbox/queues';
import { plainText } from '../rendering/text/formatted-text.ts';
import { waitingCommand } from '../wording/waiting-command.ts';
import type { MenuView } from './menu-view.ts';
import { readCards, withFormer } from './read-cards.ts';
import { readLine } from './read-line.ts';
import type { Line } from './snapshot.ts';

/** How many jobs are shown with buttons: more would not fit a phone. */
const MOST_SHOWN = 12;
/** How many are looked at for it. */
export const MOST_LOOKED_AT = 200;
/** The beginning of a message, in UTF-16 units. */
const EXCERPT = 60;

/** Shows what the session of a queue is at and what waits for it, with buttons to take a message out and to let it be the next. */
export function createQueueMenu(look: { readonly waiting: Pick<Waiting, 'list'>; session: Routing['session'] }) {
  return async ({ name: queue, group }: QueueRef): Promise<MenuView> => {
    const name = sessionOfQueue(queue);
    const { cards } = await readCards([name], look);
    const card = cards.get(name);
    // One that was renamed or removed meanwhile may still have something in its queue.
    const all = card ? withFormer(card, cards) : [{ name, pool: group.slice('session.'.length) }];
    const list: Waiting['list'] = (line, most) => look.waiting.list(line, most);
    return describeQueue(name, await Promise.all(all.map((each) => readLine(each, list, MOST_LOOKED_AT))));
  };
}

/** The text and buttons of `/queue`. Pure. */
export function describeQueue(session: string, line: readonly Line[]): MenuView {
  const shown = line.flatMap(({ queue, jobs }) => inTurns(jobs).map((turn) => ({ ...turn[0], turn, queue })));
  const running = shown.filter(({ hasBegun }) => hasBegun);
  const waits = shown.filter(({ hasBegun }) => !hasBegun);
  const listed = waits.slice(0, MOST_SHOWN);
  const lines = [
    ...running.map((job) => `▶️ ${excerptOf(job)}`),
    ...listed.map((job, index) => `${index + 1}. ${excerptOfTurn(job.turn)}`),
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

function excerptOfTurn([first, ...more]: SentAtOnce<WaitingJob>): string {
  return `${excerptOf(first)}${more.length === 0 ? '' : ` (and ${more.length} more, sent with it)`}`;
}

/** A job in a few words. */
export function excerptOf({ data }: Pick<WaitingJob, 'data'>): string {
  const read = readSessionJob(data);
  if (read.status !== 'ok') return '(of a newer version)';
  return inFewWords(read.value);
}

function inFewWords(job: SessionJob): string {
  if (job.kind !== 'message') return waitingCommand(job);
  const line = job.text.replace(/\s+/g, ' ').trim() || (job.files ?? []).map(inAWord).join(', ');
  return shorten(line, EXCERPT);
}

function inAWord({ kind, name }: FileRef): string {
  return name === undefined ? `📎 ${kind}` : `📎 ${name}`;
}
