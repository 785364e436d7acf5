import type { EarlierFile, Origin, Place, Replied } from '@signalbox/contracts';
import type { Routing, Waiting, Workforce } from '@signalbox/queues';
import { addressSession } from './address-session.ts';
import { type CardLookups, currentCard, readCards, withFormer } from './read-cards.ts';
import { readLine } from './read-line.ts';
import type { BotSettings, Expected, Kept, KnownSessions, Needs, SessionLine, Snapshot } from './snapshot.ts';

/** Where the facts of a snapshot are read; nothing is changed by it. Each rejects with Redis's error. */
export interface Lookups extends CardLookups {
  activeSession(place: Place): Promise<string | undefined>;
  /** The session that a message of the bot spoke for, if that is known. */
  speaker(chatId: number, messageId: number): Promise<string | undefined>;
  readonly workforce: Pick<Workforce, 'personas' | 'integrations' | 'workers'>;
  readonly listWaiting: Waiting['list'];
  readonly activity: Routing['activity'];
  evidence(incident: string): Promise<string | undefined>;
  expected(place: Place, userId: number): Promise<readonly Expected[]>;
  /** The files that are kept of a message, or of its album. */
  earlierFiles(message: { chatId: number; messageId: number; album?: string | undefined }): Promise<EarlierFile[]>;
  edited(chatId: number, messageId: number): Promise<Snapshot['edited']>;
  kept(place: Place): Promise<readonly Kept[]>;
}

/** Whose message it is and what it replies to. */
interface Addressing {
  readonly origin: Origin;
  readonly repliesTo?: number | undefined;
  readonly replied?: Pick<Replied, 'files'>;
  readonly repliedAlbum?: string;
}

/** Reads what a decision needs to know, as much of it at once as can be. Rejects with Redis's error. */
export type TakeSnapshot = (of: Addressing, needs: Needs) => Promise<Snapshot>;

export function createTakeSnapshot(lookups: Lookups, bot: BotSettings): TakeSnapshot {
  return async (of, needs) => {
    const { origin } = of;
    const { place, userId, messageId } = origin;
    const reading = readSessions(of, needs, lookups);
    const reads = await Promise.all([
      reading,
      needs.personasOf && readPersonas(needs.personasOf, reading, lookups, bot),
      needs.pools && readPools(lookups),
      needs.lines && readLines(needs.lines, reading, lookups),
      needs.house && readHouse(lookups, bot),
      needs.evidence === undefined ? undefined : lookups.evidence(needs.evidence),
      needs.expected && lookups.expected(place, userId),
      needs.edited && lookups.edited(place.chatId, messageId),
      needs.kept && lookups.kept(place),
      readEarlierFiles(of, lookups),
    ]);
    const [sessions, personas, servedPools, lines, house, evidence, expected, edited, kept, earlierFiles] = reads;
    return {
      ...{ bot, now: Date.now(), sessions, personas, evidence, edited, earlierFiles },
      servedPools: servedPools ?? [],
      lines: lines ?? [],
      house: house ?? { integrations: [], modelIsSimulated: false },
      expected: expected ?? [],
      kept: kept ?? [],
    };
  };
}

async function readSessions(
  { origin, repliesTo }: Addressing,
  { named }: Needs,
  lookups: Lookups,
): Promise<KnownSessions> {
  const { place } = origin;
  const [active, speaker] = await Promise.all([
    lookups.activeSession(place),
    repliesTo === undefined ? undefined : lookups.speaker(place.chatId, repliesTo),
  ]);
  return { active, speaker, ...(await readCards([active, speaker, ...[named ?? []].flat()], lookups)) };
}

/** Only a message with files is worth the look: Telegram gives at least one of an album. */
async function readEarlierFiles(
  { origin, repliesTo, replied, repliedAlbum }: Addressing,
  { earlierFiles }: Lookups,
): Promise<EarlierFile[]> {
  if (repliesTo === undefined || !replied?.files) return [];
  return earlierFiles({ chatId: origin.place.chatId, messageId: repliesTo, album: repliedAlbum });
}

async function readPersonas(
  of: NonNullable<Needs['personasOf']>,
  reading: Promise<KnownSessions>,
  { workforce }: Lookups,
  { pool }: BotSettings,
): Promise<Snapshot['personas']> {
  if (of !== 'session') return workforce.personas(of.pool);
  const sessions = await reading;
  return workforce.personas(currentCard(sessions.active, sessions)?.pool ?? pool);
}

async function readPools({ workforce }: Lookups): Promise<string[]> {
  return [...new Set((await workforce.workers()).map(({ pool }) => pool))].sort();
}

async function readLines(
  { of, most }: NonNullable<Needs['lines']>,
  reading: Promise<KnownSessions>,
  { listWaiting, activity }: Lookups,
): Promise<SessionLine[]> {
  const sessions = await reading;
  const addressed = addressSession(of === 'place' ? { ...sessions, speaker: undefined } : sessions);
  if ('say' in addressed) return [];
  return Promise.all(
    withFormer(addressed.card, sessions.cards).map(async (card) => {
      const [line, doing] = await Promise.all([readLine(card, listWaiting, most), activity(card.name)]);
      return { ...line, isAtBackground: doing?.background ?? false };
    }),
  );
}

async function readHouse({ workforce }: Lookups, { pool }: BotSettings): Promise<Snapshot['house']> {
  const [integrations, workers] = await Promise.all([workforce.integrations(pool), workforce.workers()]);
  return { integrations, modelIsSimulated: workers.some((worker) => worker.modelIsSimulated) };
}
