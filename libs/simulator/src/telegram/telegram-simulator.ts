import { createBoundedLog } from '../shared/bounded-log.ts';
import type { BotCommand, Update, User } from './protocol/api-types.ts';
import { type ApiCall, CALL_LOG_LIMIT } from './cloud/call-log.ts';
import { ANN, BOB, GROUP_ID, GROUP_TITLE, type Person } from './cloud/chats.ts';
import { createCloud } from './cloud/create-cloud.ts';
import { createFaults, type Faults } from './server/faults.ts';
import { createFloodControl, type FloodControl, type FloodLimits, OFFICIAL_LIMITS } from './server/flood-control.ts';
import { type CallHandler, createCallHandler } from './server/handle-call.ts';
import { createLooks, type Looks } from './looks/looks.ts';
import { createPersonActions, type PersonActions } from './people/person-actions.ts';
import { addTopic } from './cloud/topics.ts';
import { type Change, createWatch } from './cloud/watch.ts';

export type TelegramOptions = {
  /** The people there are besides Ann and Bob, or instead of them. */
  users?: readonly Person[];
  botName?: string;
  botUsername?: string;
  floodControl?: boolean | FloodLimits;
};

/** The simulated Telegram: what people do, what they see, what the bot called, and faults on demand. */
export type TelegramSimulator = PersonActions &
  Looks & {
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
    /** Calls back after every change. Returns what stops that. */
    on(event: 'change', listener: (change: Change) => void): () => void;
    /** Carries out a call of the Bot API. */
    readonly handle: CallHandler;
    close(): void;
  };

const BOT_ID = 7_000_000_001;

/** A Telegram with its people, their group and one bot. It listens nowhere by itself: see `telegramRoutes`. */
export function createTelegramSimulator(options: TelegramOptions & { botId?: number } = {}): TelegramSimulator {
  const { users = [ANN, BOB], botName = 'Signalbox', botUsername = 'signalbox_sim_bot', botId = BOT_ID } = options;
  const me: User = { id: botId, is_bot: true, first_name: botName, username: botUsername };
  const watch = createWatch();
  const cloud = createCloud(me, watch);
  for (const person of users) cloud.chats.addPerson(person);
  const group = cloud.chats.addGroup({
    id: GROUP_ID,
    title: GROUP_TITLE,
    forum: true,
    members: users.map(({ id }) => id),
  });
  for (const name of ['Servers', 'Garden']) addTopic(cloud, group, { name, from: me });

  const faults = createFaults();
  const flood = createFloodControl(cloud.now, floodLimits(options.floodControl));
  const log = createBoundedLog<ApiCall>(CALL_LOG_LIMIT);
  let calls = 0;
  const open = (method: string, params: Record<string, unknown>): ApiCall => {
    calls += 1;
    const call: ApiCall = { id: calls, method, params, at: cloud.now(), outcome: 'open' };
    log.add(call);
    return call;
  };
  const closed = () => watch.tell({ kind: 'call' });

  const looks = createLooks(cloud, watch);
  return {
    ...createPersonActions(cloud),
    ...looks,
    // Spreading an object reads its getters once; these must be read anew each time.
    get users() {
      return looks.users;
    },
    get chats() {
      return looks.chats;
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
    on: (_event, listener) => watch.on(listener),
    handle: createCallHandler({ cloud, faults, flood, open, closed }),
    close() {
      cloud.updates.close();
      cloud.drafts.close();
      cloud.actions.close();
      faults.clear();
    },
  };
}

function floodLimits(given: boolean | FloodLimits | undefined): FloodLimits | undefined {
  if (given === undefined || given === false) return undefined;
  return given === true ? OFFICIAL_LIMITS : given;
}
