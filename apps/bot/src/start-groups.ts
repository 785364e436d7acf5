import { replyQueue } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { copyAsked } from './asking/copy-asked.ts';
import { createFollowGroup, type FollowGroup } from './asking/follow-group.ts';
import type { Allowlist } from './intake/authorize.ts';
import type { SentJournal } from './outbox/sent-journal.ts';
import { createMovedGroups, type MovedGroups } from './telegram/moved-groups.ts';
import type { Say } from './telegram/say.ts';

/** How often Redis is asked which groups have moved, and told if it was emptied, in ms. */
const LOOK_EVERY_MS = 4_000;

/** What goes along with groups that become supergroups. */
export interface Groups {
  readonly moved: MovedGroups;
  readonly follow: FollowGroup;
  /** The configured allowlist, and the supergroups that its groups have become. */
  readonly allowed: Allowlist;
  stop(): void;
}

/** Puts it together: as it is in the bot, and in tests. The first user of the allowlist is the one who is told of new ids. */
export function startGroups({
  queues: { routing, redis, addJob },
  journal,
  configured,
  say,
  log,
}: {
  readonly queues: Pick<Queues, 'routing' | 'redis' | 'addJob'>;
  readonly journal: Pick<SentJournal, 'read'>;
  readonly configured: Allowlist;
  readonly say: Say;
  readonly log: Log;
}): Groups {
  const { movedChats, noteMoved, movePlacesOfChat } = routing;
  const moved = createMovedGroups({ movedChats, noteMoved });
  const follow = createFollowGroup({
    ...{ moved, movePlacesOfChat, addJob, say, log, ownerId: configured.users[0] },
    copyAsked: (from, to) => copyAsked(redis, from, to),
    async wasShown(chatId, questionId) {
      const sent = await journal.read(replyQueue(chatId).name, questionId);
      return [...sent.values()].some((state) => typeof state === 'number');
    },
  });
  const look = async () => {
    await moved.refresh();
    // What a worker still says of the group itself, such as where a session was last used, is about the supergroup.
    for (const [from, to] of moved.all()) await movePlacesOfChat(from, to);
  };
  // Missing one does no harm: the next comes soon.
  const tryLook = () => void look().catch((err: unknown) => log.debug({ err }, 'The look at groups waits for Redis'));
  tryLook();
  const timer = setInterval(tryLook, LOOK_EVERY_MS);
  return {
    ...{ moved, follow },
    allowed: {
      users: configured.users,
      get chats() {
        return [...configured.chats, ...configured.chats.map(moved.now)];
      },
    },
    stop: () => clearInterval(timer),
  };
}
