import type { ToolUse } from '@signalbox/claude';
import { fenced } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import { briefInput } from './brief-input.ts';
import { cutText } from './cut-text.ts';

/** How many uses are listed at most: the last ones. */
const MOST = 5;
/** Longest description of one use, in UTF-16 units. */
const LONGEST = 600;

type Use = Pick<ToolUse, 'name' | 'input' | 'state'>;

/** What tools did in a turn that was cut off, as Markdown, the last one at the end. Empty if none was used. */
export function describeTools(tools: readonly Use[], redactBeginning: Redact): string {
  return tools
    .slice(-MOST)
    .map((use) => describe(use, redactBeginning))
    .join('\n');
}

/** A tool that its Claude was stopped in is noted as failed. */
const STATES = { open: 'cut off', done: 'done', failed: 'failed or cut off' };

function describe({ name, input, state }: Use, redactBeginning: Redact): string {
  const { command, file_path: path } = input;
  const given = typeof command === 'string' ? command : typeof path === 'string' ? path : undefined;
  const text = given ?? JSON.stringify(briefInput(input, redactBeginning));
  const cut = cutText(text, LONGEST, redactBeginning);
  return `${name}, ${STATES[state]}:\n${fenced(cut)}`;
}
