import type { MenuButton } from '@signalbox/contracts';
import { type Outcome, type Report, type ReportLine, type RunOptions, runIntegration, worst } from '@signalbox/homelab';
import { untilDone } from '@signalbox/queues';
import type { Shown } from '../wording/shown.ts';
import { describeSignalbox } from './describe-signalbox.ts';
import { type CardsOfOthers, leaveToOthers } from './leave-to-others.ts';
import { type House, type Ready, ready } from './open-house.ts';
import type { SignalboxState } from './read-signalbox.ts';
import { showReport } from './show-report.ts';

/** Stands for the house where there is no Proxmox. */
const THIS_HOST = 'host';
const PROXMOX = 'pve';
/** Most lines of what the guests run on, below its title. */
const MOST_LINES = 3;
const BUTTONS_A_ROW = 3;

/** What reading the status calls. */
export interface StatusNeeds {
  readonly house: Pick<House, 'integrations'>;
  readonly cardsOfOthers: CardsOfOthers;
  /** Rejects with Redis's error. */
  readSignalbox(): Promise<SignalboxState>;
}

/** Answers `/status`. Throws `ParkJob` if another worker of the pool is configured for more of the house. */
export async function answerStatus(needs: StatusNeeds, run: RunOptions): Promise<Shown> {
  const mine = ready(needs.house);
  await leaveToOthers(
    needs.cardsOfOthers,
    (cards) => cards.filter(({ configured }) => configured).length > mine.length,
  );
  const names = [
    ...mine.map(({ integration: { name } }) => name),
    ...(await namesElsewhere(needs.cardsOfOthers, mine)),
  ];
  return showReport(await readStatus(needs, run), buttons(names));
}

/** How the house and Signalbox are. */
export async function readStatus(needs: StatusNeeds, run: RunOptions): Promise<Report> {
  const mine = ready(needs.house);
  const asked = mine.filter(({ integration }) => isPartOfStatus(integration.name, mine));
  const surely = <T>(work: () => Promise<T>) =>
    untilDone(work, { signal: run.signal, onRetry: (err) => run.log.warn({ err }, 'The status waits for Redis') });
  const [lines, signalbox, elsewhere] = await Promise.all([
    Promise.all(asked.map(async (each) => statusLines(each, await runIntegration(each, [], run)))),
    surely(needs.readSignalbox),
    surely(() => namesElsewhere(needs.cardsOfOthers, mine)),
  ]);
  const others = elsewhere.map((name): ReportLine => ({ text: `/${name} is configured on another worker` }));
  const all = [...lines.flat(), ...others, ...describeSignalbox(signalbox, run.now())];
  const level = worst(all.flatMap((line) => line.level ?? []));
  return { level, title: 'Status', lines: all };
}

/** What others of the pool are configured for and this worker is not. */
async function namesElsewhere(cardsOfOthers: CardsOfOthers, mine: readonly Ready[]): Promise<string[]> {
  const cards = (await cardsOfOthers()).flat().filter(({ configured }) => configured);
  const own = new Set(mine.map(({ integration }) => integration.name));
  return [...new Set(cards.map(({ name }) => name))].filter((name) => !own.has(name));
}

/** This host says the same as Proxmox, from nearer. */
function isPartOfStatus(name: string, configured: readonly Ready[]): boolean {
  return name !== THIS_HOST || !configured.some(({ integration }) => integration.name === PROXMOX);
}

/** What the guests run on is worth a few lines, all else one. */
function statusLines({ integration: { name } }: Ready, { report, summary, problem }: Outcome): ReportLine[] {
  const { level, title, lines } = report;
  if (problem === undefined && (name === PROXMOX || name === THIS_HOST))
    return [{ level, text: title }, ...lines.slice(0, MOST_LINES)];
  return [{ level, text: summary }];
}

function buttons(names: readonly string[]): MenuButton[][] {
  const all = names.map((name): MenuButton => ({ label: `/${name}`, act: { do: 'command', text: `/${name}` } }));
  return Array.from({ length: Math.ceil(all.length / BUTTONS_A_ROW) }, (_, row) =>
    all.slice(row * BUTTONS_A_ROW, (row + 1) * BUTTONS_A_ROW),
  );
}
