import type { World } from '../../support/world.ts';
import type { ClaudeTap } from './claude-tap.ts';

/** The most lines of a Claude that are shown, and the longest part of one. */
const LAST_LINES = 12;
const LONGEST_LINE = 160;

/** What the processes of a world did last, for whoever reads why a turn has hung: what the workers printed, and said to each Claude. */
export function traceOf({ apps }: Pick<World, 'apps'>, { lines }: Pick<ClaudeTap, 'lines'>): string {
  const printed = apps.map((app) => `${app.name} ${app.pid} printed:\n${app.output()}`);
  const claudes = [...new Set(lines.map(({ pid }) => pid))].map((pid) => {
    const own = lines.filter((line) => line.pid === pid).slice(-LAST_LINES);
    const shown = own.map(
      ({ at, from, text }) => `${new Date(at).toISOString()} ${from} ${text.slice(0, LONGEST_LINE)}`,
    );
    return `Claude ${pid}, at last:\n${shown.map((line) => line.trimEnd()).join('\n')}`;
  });
  return [`It is ${new Date().toISOString()}.`, ...printed, ...claudes].join('\n\n');
}
