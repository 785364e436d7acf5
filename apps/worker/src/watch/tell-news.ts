import { createHash } from 'node:crypto';
import { beginningOf, type Menu, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import { type AddJob, type HouseRecords, untilDone } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { words } from '../wording/words.ts';
import type { IntegrationNews } from './watch-house.ts';

/** Longest evidence that Claude is given, in UTF-16 units. */
const LONGEST_EVIDENCE = 6_000;

/** What telling news calls. */
export interface TellNewsNeeds {
  readonly addJob: AddJob;
  readonly keepEvidence: HouseRecords['keepEvidence'];
  /** Where it is told. */
  readonly chatId: number;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Tells what has changed in the house, with a way to see more and to have Claude look into it. The same news is told once. */
export async function tellNews(news: IntegrationNews, needs: TellNewsNeeds): Promise<void> {
  const { addJob, keepEvidence, chatId, signal, log } = needs;
  const incident = `${news.name}-${news.mark}`;
  const onRetry = (err: unknown) => log.warn({ err }, 'News of the house wait for Redis');
  const surely = (work: () => Promise<void>) => untilDone(work, { signal, onRetry });
  await surely(() => keepEvidence(incident, evidenceOf(news)));
  const data: Reply = {
    version: SINCE.menu,
    kind: 'menu',
    place: { chatId },
    text: textOf(news),
    plain: true,
    rows: buttonsOf(news, incident),
    once: false,
  };
  await surely(() => addJob(replyQueue(chatId), { id: `watch-${incident}`, name: 'menu', data }));
}

/** Says that a look has failed through a fault of ours; of the same fault once in the idempotency window. */
export async function tellWatchBug(
  error: unknown,
  name: string,
  { addJob, chatId }: Pick<TellNewsNeeds, 'addJob' | 'chatId'>,
): Promise<void> {
  const mark = createHash('sha256').update(`${name} ${error}`).digest('hex').slice(0, 12);
  const data: Reply = { version: SINCE.text, kind: 'text', place: { chatId }, text: words.watchBug(name) };
  await addJob(replyQueue(chatId), { id: `watch-bug-${mark}`, name: 'text', data });
}

const SIGNS = { error: '🔴', warn: '🟡', ok: '🟢 No longer:' } as const;

function textOf({ items }: IntegrationNews): string {
  return items.map(({ level, text }) => `${SIGNS[level]} ${text}`).join('\n');
}

function buttonsOf({ name, items }: IntegrationNews, incident: string): Menu['rows'] {
  const details = { label: 'Details', act: { do: 'command', text: `/${name}` } } as const;
  const ask = { label: 'Ask Claude', act: { do: 'command', text: `/incident ${incident}` } } as const;
  return [items.some(({ level }) => level !== 'ok') ? [details, ask] : [details]];
}

/** What Claude is told first. */
function evidenceOf({ name, report, items }: IntegrationNews): string {
  const lines = [...report.lines.map(({ text }) => text), ...(report.table?.rows.map((row) => row.join(' · ')) ?? [])];
  const evidence = [
    `Something in the house needs a look. The watch over ${name} reports:`,
    ...items.filter(({ level }) => level !== 'ok').map(({ text }) => `- ${text}`),
    '',
    `All that ${name} says (${new Date().toISOString()}):`,
    report.title,
    ...lines,
    '',
    'Find out what it means, what may have caused it, and what I should do. Change nothing.',
  ];
  return beginningOf(evidence.join('\n'), LONGEST_EVIDENCE);
}
