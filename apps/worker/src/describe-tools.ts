import type { ToolUse } from '@signalbox/claude';
import { briefInput } from './brief-input.ts';

/** How many uses are listed at most: the last ones. */
const MOST = 5;
/** Longest description of one use, in UTF-16 units. */
const LONGEST = 600;

/** What tools did in a turn that was cut off, as Markdown, the last one at the end. Empty if none was used. */
export function describeTools(tools: readonly ToolUse[]): string {
  return tools.slice(-MOST).map(describe).join('\n');
}

/** A tool that its Claude was stopped in is noted as failed. */
const STATES = { open: 'cut off', done: 'done', failed: 'failed or cut off' };

function describe({ name, input, state }: ToolUse): string {
  const { command, file_path: path } = input;
  const text =
    typeof command === 'string' ? command : typeof path === 'string' ? path : JSON.stringify(briefInput(input));
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : text;
  const fence = '`'.repeat(Math.max(3, ...[...cut.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${name}, ${STATES[state]}:\n${fence}\n${cut}\n${fence}`;
}
