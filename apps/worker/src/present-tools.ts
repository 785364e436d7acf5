import type { ToolCall } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import { briefInput } from './brief-input.ts';
import { cutText } from './cut-text.ts';
import type { EndedUse } from './tool-groups.ts';

/** What all uses of a group may take together, in UTF-16 units: they are to fit one message. */
const ROOM = 3_200;
/** The most that is shown of what a tool was given, in UTF-16 units. */
const LONGEST_DETAIL = 600;
/** What is looked at of the text of a file, in UTF-16 units. */
const LOOKED_AT = 4_000;

/** Uses of tools as they are shown in the chat: what each was given and what it gave back, cut so that all of them fit one message. */
export function presentTools(uses: readonly EndedUse[], redactBeginning: Redact): ToolCall[] {
  const share = Math.floor(ROOM / uses.length);
  const cut = (text: string, most: number) => cutText(text, most, redactBeginning);
  return uses.map(({ started: { name, input }, output, isError }) => {
    const detail = cut(detailOf(input), Math.min(LONGEST_DETAIL, Math.floor(share / 2)));
    return {
      name,
      input: briefInput(input, redactBeginning),
      detail,
      output: cut(output.trim(), share - detail.length),
      isError,
    };
  });
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
  return text === '' ? '' : text.slice(0, LOOKED_AT).replace(/^/gm, mark);
}
