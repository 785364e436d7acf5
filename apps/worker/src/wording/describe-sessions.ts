import { describeDuration, type MenuButton } from '@signalbox/contracts';
import type { Shown } from './shown.ts';

/** One session as the list shows it. */
export interface ListedSession {
  readonly name: string;
  readonly persona: string;
  readonly pool: string;
  readonly status: 'idle' | 'active' | 'suspended';
  /** In ms since the epoch. */
  readonly lastUsedAt: number;
  /** Messages and commands that wait, as `/queue` lists them. */
  readonly waiting: number;
  readonly archived?: boolean | undefined;
}

/** Where the list is shown, and when. */
interface ListContext {
  readonly active: string | undefined;
  /** In ms since the epoch. */
  readonly now: number;
  /** Of the chat's commands: sessions of another pool say which. */
  readonly pool: string;
  /** The pools that have a worker. */
  readonly served: ReadonlySet<string>;
}

const SIGNS = { idle: '⚪', active: '🟢', suspended: '💤' } as const;

/** Most buttons of the list. */
const MOST_BUTTONS = 20;

/**
 * What `/sessions` shows: the last used first, the place's own session marked, and a button for each other one. Archived ones are counted,
 * or listed too with `all`.
 */
export function describeSessions(
  sessions: readonly ListedSession[],
  context: ListContext & { readonly all: boolean },
): Shown {
  const archived = sessions.filter((session) => session.archived).length;
  const sorted = sessions
    .filter((session) => context.all || !session.archived)
    .sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  const counted = archived > 0 && !context.all ? [`${archived} archived: /sessions all`] : [];
  if (sorted.length === 0)
    return { kind: 'text', text: ['No sessions yet. Use /new <name> to start one.', ...counted].join('\n') };
  const text = [...listed(sorted, context), '', 'Use /session <name> to switch.', ...counted].join('\n');
  const others = sorted.filter(({ name }) => name !== context.active).slice(0, MOST_BUTTONS);
  if (others.length === 0) return { kind: 'text', text };
  return { kind: 'menu', text, plain: true, rows: others.map((session) => [buttonOf(session)]), once: false };
}

function buttonOf({ name, status, archived }: ListedSession): MenuButton {
  if (archived) return { label: `📦 ${name}`, act: { do: 'command', text: `/restore ${name}` } };
  return { label: `${SIGNS[status]} ${name}`, act: { do: 'command', text: `/session ${name}` } };
}

function listed(sessions: readonly ListedSession[], context: ListContext): string[] {
  return sessions.map((session) => {
    const facts = [
      session.persona,
      session.archived ? 'archived' : session.status,
      `${describeDuration(context.now - session.lastUsedAt)} ago`,
      ...(session.waiting > 0 ? [`${session.waiting} in the queue`] : []),
      ...(session.pool === context.pool ? [] : [`@${session.pool}`]),
      ...(context.served.has(session.pool) ? [] : ['no worker']),
    ];
    const here = session.name === context.active ? ' ◀ here' : '';
    return `${session.archived ? '📦' : SIGNS[session.status]} ${session.name}${here}\n${facts.join(' · ')}`;
  });
}
