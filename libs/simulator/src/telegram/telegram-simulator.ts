import { createCallLog } from './cloud/call-log.ts';
import { ANN, BOB, GROUP_ID, GROUP_TITLE, type Person } from './cloud/chats.ts';
import { createCloud } from './cloud/cloud.ts';
import { addTopic } from './cloud/topics.ts';
import { createWatch } from './cloud/watch.ts';
import { type Keeper, keepCloud } from './keeping/keep-cloud.ts';
import { createLooks, type Looks } from './looks/looks.ts';
import { type Roster, showChat } from './looks/roster.ts';
import { createWaits, type Waits } from './looks/waits.ts';
import { createPeople, type People } from './people/people.ts';
import type { ApiCall } from './protocol/api-call.ts';
import type { BotCommand, Update, User } from './protocol/api-types.ts';
import { createFaults, type Faults } from './server/faults.ts';
import { createFloodControl, type FloodControl, type FloodLimits, OFFICIAL_LIMITS } from './server/flood-control.ts';
import { type CallHandler, createCallHandler } from './server/handle-call.ts';

/** Who there is and how strict the server is. */
export type TelegramOptions = {
  /** The people there are besides Ann and Bob, or instead of them. */
  users?: readonly Person[];
  botName?: string;
  botUsername?: string;
  floodControl?: boolean | FloodLimits;
};

/** The side of the simulated Telegram that the bot meets. */
type BotSide = {
  readonly me: User;
  /** Calls of the bot, oldest first (the newest 20,000). getUpdates is among them. */
  readonly calls: ApiCall[];
  readonly faults: Faults;
  readonly flood: FloodControl;
  /** Commands the bot has set, by scope: `default`, `all_private_chats`, `chat 1001` … */
  readonly commands: ReadonlyMap<string, BotCommand[]>;
  /** Updates the bot has not confirmed, oldest first. */
  readonly pendingUpdates: Update[];
  /** Makes the last confirmed updates come again. Returns how many there were. */
  redeliver(count: number): number;
  /** Carries out a call of the Bot API. */
  readonly handle: CallHandler;
  /** Goes on where the one left off that was kept in this directory, and keeps there what happens; to be called before anything does. */
  keepIn(dir: string): Promise<Keeper>;
  close(): void;
};

/** The simulated Telegram: what people do, what they see, what the bot called, and faults on demand. */
export type TelegramSimulator = People & Roster & Looks & Waits & BotSide;

/** A Telegram with its people, their group and one bot. It listens nowhere by itself: see `telegramRoutes`. */
export function createTelegramSimulator(options: TelegramOptions & { botId?: number } = {}): TelegramSimulator {
  const { users = [ANN, BOB], botName = 'Signalbox', botUsername = 'signalbox_sim_bot' } = options;
  const { botId = 7_000_000_001, floodControl } = options;
  const me: User = { id: botId, is_bot: true, first_name: botName, username: botUsername };
  const watch = createWatch();
  const cloud = createCloud(me, watch);
  for (const person of users) cloud.chats.addPerson(person);
  const members = users.map(({ id }) => id);
  const group = cloud.chats.addGroup({ id: GROUP_ID, title: GROUP_TITLE, forum: true, members });
  for (const name of ['Servers', 'Garden']) addTopic(cloud, group, { name, from: me });

  const faults = createFaults();
  const flood = createFloodControl(
    () => Date.now(),
    floodControl === true ? OFFICIAL_LIMITS : floodControl || undefined,
  );
  const log = createCallLog();
  const closed = () => watch.tell({ kind: 'call' });
  const looks = createLooks(cloud);
  // One object with everything in it, because tests talk to the whole of it. Only functions are spread: values that change are getters below.
  return {
    ...createPeople(cloud),
    ...looks,
    ...createWaits(cloud, watch, looks.messages),
    get users() {
      return cloud.chats.people();
    },
    get chats() {
      return cloud.chats.all().map(showChat);
    },
    me,
    get calls() {
      return log.entries();
    },
    faults,
    flood,
    commands: cloud.commands,
    get pendingUpdates() {
      return cloud.updates.pending();
    },
    redeliver: cloud.updates.redeliver,
    handle: createCallHandler({ cloud, faults, flood, open: log.open, closed }),
    keepIn: (dir) => keepCloud(dir, cloud, watch.on),
    close() {
      for (const part of [cloud.updates, cloud.drafts, cloud.actions]) part.close();
      faults.clear();
    },
  };
}
