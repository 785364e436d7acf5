import { scanJson } from './scan-json.ts';

/** A use of one tool that the model is told to make. */
type ToolCall = { name: string; input: Record<string, unknown> };

/** One step of a script. The README of this project lists how each is written. */
export type Step =
  | { do: 'say'; text: string }
  | { do: 'think'; text: string }
  | { do: 'wait'; ms: number }
  | { do: 'stream'; chars: number; overMs: number }
  | { do: 'tools'; calls: ToolCall[] }
  | { do: 'error'; status: number; times: number; message?: string | undefined; type?: string | undefined }
  | { do: 'limit'; seconds: number }
  /** Every request is refused that holds the message, with this text; `spoil`: unless it asks for a summary. */
  | { do: 'poison' | 'spoil'; status: number; message: string }
  | { do: 'hang' }
  | { do: 'stall' }
  | { do: 'cut' }
  | { do: 'recall' }
  | { do: 'results' }
  | { do: 'markdown' }
  | { do: 'later' };

const BARE = ['hang', 'stall', 'cut', 'recall', 'results', 'markdown', 'later'] as const;
const OPENING =
  /\[\[(say|think|wait|stream|tools?|error|limit|poison|spoil|hang|stall|cut|recall|results|markdown|later)(?=[\s\]])/g;

/**
 * The directives in a text, in order. Text around them is ignored; `[[` that opens no known directive is plain text.
 * A directive that cannot be read becomes a `say` step that names the problem, so that the person who wrote it sees it.
 */
export function parseDirectives(text: string): Step[] {
  const steps: Step[] = [];
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(text); match !== null; match = OPENING.exec(text)) {
    const name = match[1] ?? '';
    const { step, end } = readDirective(name, text, OPENING.lastIndex);
    steps.push(step ?? problem(text.slice(match.index, end)));
    OPENING.lastIndex = end;
  }
  return steps;
}

function readDirective(name: string, text: string, from: number): { step: Step | undefined; end: number } {
  if (name === 'tool' || name === 'tools') return readToolDirective(name, text, from);
  const close = text.indexOf(']]', from);
  const end = close === -1 ? text.length : close + 2;
  const rest = close === -1 ? '' : text.slice(from, close).trim();
  return { step: close === -1 ? undefined : readSimple(name, rest), end };
}

function readSimple(name: string, rest: string): Step | undefined {
  if ((name === 'say' || name === 'think') && rest !== '') return { do: name, text: rest };
  const bare = BARE.find((word) => word === name);
  if (bare !== undefined && rest === '') return { do: bare };
  const numbers = rest.match(/\d+/g)?.map(Number) ?? [];
  const [first = 0, second = 0] = numbers;
  if (name === 'wait' && /^\d+$/.test(rest)) return { do: 'wait', ms: first };
  if (name === 'stream' && /^\d+ over \d+$/.test(rest)) return { do: 'stream', chars: first, overMs: second };
  if (name === 'error') return readError(rest);
  if ((name === 'poison' || name === 'spoil') && /^[45]\d\d /.test(rest))
    return { do: name, status: first, message: rest.slice(4).trim() };
  if (name === 'limit' && /^\d+$/.test(rest)) return { do: 'limit', seconds: first };
  return undefined;
}

/** `STATUS`, then perhaps `times N`, then perhaps a colon and the text of the error. */
function readError(rest: string): Step | undefined {
  const [, status, times, message] = /^([45]\d\d)(?: times (\d+))?(?::\s*([\s\S]+))?$/.exec(rest) ?? [];
  if (status === undefined) return undefined;
  const often = times === undefined ? Number.POSITIVE_INFINITY : Number(times);
  return { do: 'error', status: Number(status), times: often, ...(message === undefined ? {} : { message }) };
}

/** JSON may itself hold `]]`, so its end is found by scanning it and not by looking for the brackets. */
function readToolDirective(name: string, text: string, from: number): { step: Step | undefined; end: number } {
  const head = /\s*([\w.:-]*)\s*/y;
  head.lastIndex = from;
  const tool = head.exec(text)?.[1] ?? '';
  const scanned = scanJson(text, head.lastIndex);
  const close = text.indexOf(']]', scanned?.end ?? from);
  const end = close === -1 ? text.length : close + 2;
  if (close === -1) return { step: undefined, end };
  const isBroken = scanned === undefined && text.slice(head.lastIndex, close).trim() !== '';
  if (isBroken) return { step: undefined, end };
  const calls =
    name === 'tool' ? readCalls([{ name: tool, input: scanned?.value ?? {} }]) : readCalls(scanned?.value ?? []);
  return { step: calls === undefined ? undefined : { do: 'tools', calls }, end };
}

function readCalls(value: unknown): ToolCall[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const calls: ToolCall[] = [];
  for (const item of value as { name?: unknown; input?: unknown }[]) {
    const { name, input = {} } = item ?? {};
    if (typeof name !== 'string' || name === '' || typeof input !== 'object' || input === null) return undefined;
    calls.push({ name, input: input as Record<string, unknown> });
  }
  return calls;
}

function problem(directive: string): Step {
  return { do: 'say', text: `The simulated model cannot read this directive: ${directive}` };
}
