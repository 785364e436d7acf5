import { TOOL_CONTENT_LIMIT } from '@signalbox/claude';
import { plainOutput, type ToolCall } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import { briefInput } from '../wording/brief-input.ts';
import { cutText } from '../wording/cut-text.ts';
import type { EndedUse } from './tool-groups.ts';

/** What all uses of a group may take together, in UTF-16 units: they are to fit one message. */
const ROOM = 3_200;
/** The most that is shown of what a tool was given, in UTF-16 units. */
const LONGEST_DETAIL = 600;
/** What stands between two uses in a file. */
const RULE = `\n\n${'─'.repeat(40)}\n\n`;

export interface ShownTools {
  readonly calls: ToolCall[];
  /** All of it, if something was cut. */
  readonly attachment: { readonly name: string; readonly content: string } | undefined;
}

/** Uses of tools as they are shown in the chat: what each was given and what it gave back, cut so that all of them fit one message. */
export function presentTools(
  uses: readonly EndedUse[],
  redactBeginning: Redact,
  { bySubagent }: { bySubagent: boolean } = { bySubagent: false },
): ShownTools {
  const share = Math.floor(ROOM / uses.length);
  const cut = (text: string, most: number) => cutText(text, most, redactBeginning);
  const whole = uses.map((use) => ({ detail: detailOf(use.started.input), output: wholeOutput(use, redactBeginning) }));
  const calls = uses.map(({ started: { name, input }, isError }, index): ToolCall => {
    const { detail: given = '', output = '' } = whole[index] ?? {};
    const detail = cut(given, Math.min(LONGEST_DETAIL, Math.floor(share / 2)));
    return {
      name,
      input: briefInput(input, redactBeginning),
      detail,
      output: cut(output, share - detail.length),
      isError,
      ...(bySubagent ? { bySubagent } : {}),
    };
  });
  const isCut = calls.some(({ detail, output }, index) => {
    return detail !== whole[index]?.detail || output !== whole[index]?.output;
  });
  const content = calls.map((call, index) => asText({ ...call, ...whole[index] })).join(RULE);
  return { calls, attachment: isCut ? { name: 'tools.txt', content } : undefined };
}

/** One that was cut on its way here may end in the beginning of a secret. */
function wholeOutput({ output }: EndedUse, redactBeginning: Redact): string {
  const text = plainOutput(output);
  return output.length < TOOL_CONTENT_LIMIT ? text.trim() : `${redactBeginning(text).trim()}…`;
}

function asText({ name, detail, output, isError }: Pick<ToolCall, 'name' | 'detail' | 'output' | 'isError'>): string {
  return [`${isError ? '✗' : '✓'} ${name}`, detail, output].filter(Boolean).join('\n\n');
}

/** A command as it is, a change of a file line by line, anything else field by field. */
function detailOf(input: Record<string, unknown>): string {
  const { command, file_path: path, old_string: before, new_string: after, content } = input;
  if (typeof command === 'string') return command;
  if (typeof path === 'string' && typeof before === 'string' && typeof after === 'string')
    return [path, marked('- ', before), marked('+ ', after)].filter(Boolean).join('\n');
  if (typeof path === 'string' && typeof content === 'string') return [path, marked('+ ', content)].join('\n');
  return Object.entries(input)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}

function marked(mark: string, text: string): string {
  return text === '' ? '' : text.replace(/^/gm, mark);
}
