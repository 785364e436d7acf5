import { describeDuration } from './describe-duration.ts';

/** One session as the list shows it. */
export interface ListedSession {
  readonly name: string;
  readonly persona: string;
  readonly pool: string;
  readonly status: 'idle' | 'active' | 'suspended';
  /** In ms since the epoch. */
  readonly lastUsedAt: number;
  /** Messages that wait or run. */
  readonly open: number;
}

const SIGNS = { idle: '⚪', active: '🟢', suspended: '💤' } as const;

/** The text of `/sessions`: the last used first, the place's own session marked. */
export function describeSessions(
  sessions: readonly ListedSession[],
  context: { active: string | undefined; now: number; pool: string },
): string {
  if (sessions.length === 0) return 'No sessions yet. Use /new <name> to start one.';
  const sorted = [...sessions].sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  const lines = sorted.map((session) => {
    const facts = [
      session.persona,
      session.status,
      `${describeDuration(context.now - session.lastUsedAt)} ago`,
      ...(session.open > 0 ? [`${session.open} in the queue`] : []),
      ...(session.pool === context.pool ? [] : [`@${session.pool}`]),
    ];
    const here = session.name === context.active ? ' ◀ here' : '';
    return `${SIGNS[session.status]} ${session.name}${here}\n${facts.join(' · ')}`;
  });
  return [...lines, '', 'Use /session <name> to switch.'].join('\n');
}
