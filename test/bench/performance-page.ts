import type { Surroundings } from './describe-machine.ts';
import { IDLE_MS } from './interleave.ts';
import { FLOW_TRIES } from './measure-flow.ts';
import { digits, type Row, type Series } from './row.ts';
import { spreadOf } from './statistics.ts';

/** Everything a page is made of. */
export interface Measured {
  readonly rows: readonly Row[];
  readonly date: Date;
  readonly command: string;
  readonly pairs: number;
  readonly surroundings: Surroundings;
}

/** The page: goals, results, and how they came about. Pure; the same measurement gives the same page. */
export function performancePage({ rows, date, command, pairs, surroundings }: Measured): string {
  const goals = rows.filter(({ goal }) => goal);
  const others = rows.filter(({ goal }) => !goal);
  const missed = goals.filter(({ goal }) => !goal?.met);
  return `# Performance

This page is written by \`${command}\` and by nothing else: do not edit it, run the command.

## Goals

${summary(goals.length, missed)}

${table(
  ['what', 'measured', 'against', 'result', 'goal', ''],
  goals.map((row) => [row.what, row.measured, row.against, row.result, row.goal?.text ?? '', verdict(row)]),
)}

For comparison, without a goal:

${table(
  ['what', 'measured', 'against', 'result'],
  others.map((row) => [row.what, row.measured, row.against, row.result]),
)}

\`measured\` and \`against\` are medians; \`result\` is the median of the pairs, with the quartiles in brackets.

## How it was measured

${table(
  ['', ''],
  [
    ['Date', date.toISOString().slice(0, 16).replace('T', ' ')],
    ['Command', `\`${command}\``],
    [
      'Pairs',
      `${pairs}; ${Math.max(3, Math.round(pairs / 6))} of those with a slow model and with a process per message`,
    ],
    ...surroundings,
  ],
)}

The production processes (\`apps/bot/dist/main.js\`, \`apps/worker/dist/main.js\`), a redis-server on a unix socket that has every write on disk before
it answers (\`appendfsync always\`), and the real Claude Code CLI. Telegram and the model are simulated, in the process that
measures. The two sides of a pair are measured one right after the other, each first in turn, so that whatever else the machine does meets both alike; three
pairs before the first are not counted. Before each measurement nothing of the one before is left to do, and for ${IDLE_MS} ms nothing happens: as in a
chat, every process has to be woken up, for a PING too.

- **Update in → first visible sign.** From the moment a person's message is in Telegram until their chat shows 👀 on it. By then the message is durable.
  Against the same with a bot of 30 lines in a process of its own that does nothing else: one \`getUpdates\` that wakes up and one
  \`setMessageReaction\`. That is the simulator's own round trip. The result is the difference.
- **Update in → final answer shown.** From the same moment until the chat shows Claude's answer. Against a CLI that is started
  with the same arguments and environment as the session's own, and that is warm as well: from writing the same prompt as a line to its stdin until its
  \`result\` line is read. The simulated model answers at once, so all that is measured is work around the model; with a real
  model, both sides wait for it, and the ratio is nearer to 1: see the row with a model that thinks.
- **Job added → message on Claude's stdin.** From before the call that adds a job to a session's queue until the line arrives on the stdin of what the
  worker started as Claude. For this measurement alone, \`CLAUDE_BIN\` is a small program that notes the time of each message, by the machine's
  monotonic clock, and passes everything on to the CLI. Its own waking up is included. Against one PING from the process that adds the job, on the
  connection that it adds with.
- **Redis connections.** Every session has its own queue, lease and job, and its answer goes to a chat of its own, which has a queue and a lease too.
  Counted with \`CLIENT LIST\` with both processes and with the bot alone. The row without a goal counts the connections that Redis ever took.
- **An answer under flood control.** The simulated Telegram refuses what comes faster than the official guidance allows: messages and edits 1 a second in a
  chat after a burst of 4, drafts 4 a second after a burst of 10. From the moment the model has written its last word until the chat shows the whole answer as a
  message. The calls that count are messages, edits and drafts of that turn; the numbers are those of the worst of ${FLOW_TRIES} answers. Without a live view, for
  comparison, once.
- **A process per message.** \`claude -p --resume\`, from its start to its end: what a bot that keeps no process has to wait for, before its own work.

## Spread

${table(
  ['series', 'values', 'lower quartile', 'median', 'upper quartile'],
  seriesOf(rows).map(({ label, unit, values }) => {
    const { lower, median, upper } = spreadOf(values);
    return [label, String(values.length), ...[lower, median, upper].map((value) => `${digits(value)} ${unit}`)];
  }),
)}
`;
}

/** Each series once, although several rows may be set against it. */
function seriesOf(rows: readonly Row[]): Series[] {
  const known = new Map(rows.flatMap(({ series }) => series.map((each) => [each.values, each] as const)));
  return [...known.values()];
}

function summary(goals: number, missed: readonly Row[]): string {
  if (missed.length === 0) return `All ${goals} goals were met.`;
  const names = missed.map(({ what }) => `“${what}”`).join(', ');
  return `**${missed.length} of ${goals} goals ${missed.length === 1 ? 'was' : 'were'} missed: ${names}.**`;
}

function verdict({ goal }: Row): string {
  return goal?.met ? '✅ met' : '❌ **missed**';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
