import { KILLS } from './faults.ts';
import type { Figures, Times } from './figures.ts';
import { VIOLATIONS, type ViolationKind } from './violation.ts';

/** A run as it is kept: when, where and how it was made, and what came of it. */
export interface RunRecord {
  /** ISO 8601. */
  readonly date: string;
  readonly command: string;
  readonly seed: number;
  readonly minutes: number;
  readonly machine: Readonly<Record<string, string>>;
  readonly figures: Figures;
}

/** The figures of a run as Markdown. Pure; the same run gives the same text. */
export function renderFigures({ figures, ...run }: RunRecord): string {
  return [
    table(['promise', 'broken'], promises(figures)),
    table(['what', 'figure'], counts(figures)),
    table(
      ['fault', 'times'],
      Object.entries(figures.faults)
        .sort()
        .map(([name, times]) => [name, whole(times)]),
    ),
    table(
      ['', ''],
      [
        ['Date', run.date.slice(0, 16).replace('T', ' ')],
        ['Command', `\`${run.command}\``],
        ['Seed', String(run.seed)],
        ['Minutes of faults', String(run.minutes)],
        ...Object.entries(run.machine),
      ],
    ),
  ].join('\n\n');
}

function promises({ violations }: Figures): string[][] {
  const kinds = Object.keys(VIOLATIONS) as ViolationKind[];
  return kinds.map((kind) => [
    `${kind}: ${VIOLATIONS[kind]}`,
    violations[kind] === 0 ? '0' : `**${violations[kind]}**`,
  ]);
}

function counts(figures: Figures): string[][] {
  const { messages, faults } = figures;
  // An older record knows no questions.
  const { plain, slow, tool, question = 0 } = messages;
  const kills = KILLS.map((name) => faults[name] ?? 0);
  const total = (numbers: readonly number[]) => whole(numbers.reduce((sum, each) => sum + each, 0));
  return [
    [
      'messages (plain, slow, with a tool, with a question of Claude)',
      `${total([plain, slow, tool, question])} (${[plain, slow, tool, question].map(whole).join(', ')})`,
    ],
    ['chats and topics', whole(figures.chats)],
    ['kills of workers, bots, Redis', `${kills.map(whole).join(' + ')} = ${total(kills)}`],
    ['times that the processes were counted', whole(figures.samples)],
    ['turns that were continued at the model after a restart', whole(figures.resumed)],
    ['take-over: a worker with work was killed or frozen → another has the session', times(figures.takeOver)],
    ['hand-over: a worker with work was told to stop → another has the session', times(figures.handOver)],
    ['of which: the session was let go → another has it', times(figures.handOverSinceRelease)],
    ['a worker was told to stop → it has let a session without work go', times(figures.lettingGo)],
    ['take-overs and hand-overs while Redis was away, not counted above', whole(figures.disturbed)],
    ['from a message to its answer, faults included', times(figures.answers)],
    ['replies marked `(resent after restart)`', share(figures.resent, figures.replies)],
    ['of which had been shown before', share(figures.resentThoughShown, figures.replies)],
    ['messages whose tool ran more than once', share(figures.toolsTwice, figures.tools)],
    ['messages set aside after 3 tries, with a notice', whole(figures.setAside)],
    ['messages that failed with another notice', whole(figures.failedOtherwise)],
  ];
}

function times({ count, median, max }: Times): string {
  if (count === 0) return 'none';
  return `median ${seconds(median)} s, at most ${seconds(max)} s (${whole(count)} times)`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(2);
}

function share(part: number, all: number): string {
  return `${whole(part)} of ${whole(all)}${all > 0 ? ` (${((100 * part) / all).toFixed(1)} %)` : ''}`;
}

function whole(value: number): string {
  return value.toLocaleString('en-US');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
