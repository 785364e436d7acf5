import { piecesOf } from '../../common/cut-text.ts';
import type { Step } from '../script/parse-directives.ts';
import type { ErrorWords } from './api-errors.ts';
import { filler, MARKDOWN_SAMPLE } from './sample-texts.ts';

/** An event of a streamed response of the Messages API. */
export type StreamEvent = { type: string } & Record<string, unknown>;

/** What the writer of a response does next. `fail` to `cut` end the response. */
export type Action =
  | { type: 'wait'; ms: number }
  | { type: 'event'; event: StreamEvent }
  | { type: 'fail'; status: number; error?: ErrorWords; retryAfterSeconds?: number }
  | { type: 'hang' }
  | { type: 'stall' }
  | { type: 'cut' };

/** What a response needs besides its steps. `newId` gives a fresh id with that prefix. */
type AnswerContext = {
  model: string;
  inputTokens: number;
  earlierTexts: readonly string[];
  toolResults: readonly string[];
  newId: (prefix: string) => string;
};

/** Characters of a text delta: small enough that a client sees several, large enough to cost little. */
const DELTA_CHARS = 24;
/** Time between two deltas of `[[stream]]`, milliseconds. */
const STREAM_BEAT_MS = 25;

/** Turns steps into the actions of one response. Pure but for `newId`. */
export function planAnswer(steps: readonly Step[], context: AnswerContext): Action[] {
  const plan = new AnswerPlan(context);
  for (const step of steps) {
    plan.add(step);
    if (plan.ended) return plan.actions;
  }
  plan.finish('end_turn');
  return plan.actions;
}

/** Grows the actions of one response. The message begins with the first thing in it, so a leading wait delays the headers. */
class AnswerPlan {
  readonly actions: Action[] = [];
  ended = false;
  readonly #context: AnswerContext;
  #blocks = 0;
  #begun = false;
  #chars = 0;

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  add(step: Step): void {
    switch (step.do) {
      case 'wait':
        this.actions.push({ type: 'wait', ms: step.ms });
        break;
      case 'tools':
        for (const call of step.calls) this.#toolUse(call.name, call.input);
        this.finish('tool_use');
        break;
      case 'error':
        this.#end({ type: 'fail', status: step.status, error: { message: step.message, type: step.type } });
        break;
      case 'poison':
      case 'spoil':
        this.#end({ type: 'fail', status: step.status, error: { message: step.message } });
        break;
      case 'limit':
        this.#end({ type: 'fail', status: 429, retryAfterSeconds: step.seconds });
        break;
      case 'hang':
        this.#end({ type: 'hang' });
        break;
      case 'stall':
      case 'cut':
        this.#breakOff(step.do);
        break;
      case 'think':
        this.#think(step.text);
        break;
      case 'stream':
        this.#block({ type: 'text', text: '' }, streamed(step.chars, step.overMs));
        this.#chars += step.chars;
        break;
      case 'later':
        // It only divides the script; see `chooseSteps`.
        break;
      default:
        this.#text(textFor(step, this.#context));
    }
  }

  finish(stopReason: string): void {
    this.#begin();
    const usage = { output_tokens: Math.max(1, Math.ceil(this.#chars / 4)) };
    this.#event({ type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage });
    this.#event({ type: 'message_stop' });
    this.ended = true;
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const { model, inputTokens, newId } = this.#context;
    const message = { id: newId('msg'), type: 'message', role: 'assistant', model, content: [], stop_reason: null };
    const usage = {
      input_tokens: inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: 1,
    };
    this.#event({ type: 'message_start', message: { ...message, stop_sequence: null, usage } });
    this.#event({ type: 'ping' });
  }

  #event(event: StreamEvent): void {
    this.actions.push({ type: 'event', event });
  }

  #end(action: Action): void {
    this.actions.push(action);
    this.ended = true;
  }

  #block(start: StreamEvent, deltas: readonly (StreamEvent | number)[]): void {
    this.#begin();
    const index = this.#blocks;
    this.#blocks += 1;
    this.#event({ type: 'content_block_start', index, content_block: start });
    for (const delta of deltas) {
      if (typeof delta === 'number') this.actions.push({ type: 'wait', ms: delta });
      else this.#event({ type: 'content_block_delta', index, delta });
    }
    this.#event({ type: 'content_block_stop', index });
  }

  #text(text: string): void {
    this.#chars += text.length;
    const deltas = piecesOf(text, DELTA_CHARS).map((part) => ({ type: 'text_delta', text: part }));
    this.#block({ type: 'text', text: '' }, deltas);
  }

  #think(text: string): void {
    this.#chars += text.length;
    const deltas: StreamEvent[] = piecesOf(text, DELTA_CHARS).map((part) => ({
      type: 'thinking_delta',
      thinking: part,
    }));
    deltas.push({ type: 'signature_delta', signature: Buffer.from('simulated').toString('base64') });
    this.#block({ type: 'thinking', thinking: '', signature: '' }, deltas);
  }

  #toolUse(name: string, input: Record<string, unknown>): void {
    const json = JSON.stringify(input);
    this.#chars += json.length;
    const deltas = piecesOf(json, DELTA_CHARS).map((part) => ({ type: 'input_json_delta', partial_json: part }));
    this.#block({ type: 'tool_use', id: this.#context.newId('toolu'), name, input: {} }, deltas);
  }

  /** A response that breaks off does so in the middle of a text, never between two. */
  #breakOff(how: 'stall' | 'cut'): void {
    this.#begin();
    const index = this.#blocks;
    this.#event({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } });
    this.#event({
      type: 'content_block_delta',
      index,
      delta: { type: 'text_delta', text: 'This answer breaks off in the mid' },
    });
    this.#end({ type: how });
  }
}

function textFor(
  step: Extract<Step, { do: 'say' | 'recall' | 'results' | 'markdown' }>,
  context: AnswerContext,
): string {
  if (step.do === 'say') return step.text;
  if (step.do === 'markdown') return MARKDOWN_SAMPLE;
  if (step.do === 'results') return context.toolResults.join('\n') || 'No tool gave a result.';
  if (context.earlierTexts.length === 0) return 'I remember no earlier message.';
  return `I remember:\n${context.earlierTexts.map((text, at) => `${at + 1}. ${text}`).join('\n')}`;
}

function streamed(chars: number, overMs: number): (StreamEvent | number)[] {
  const beats = Math.max(1, Math.min(chars, Math.floor(overMs / STREAM_BEAT_MS)));
  const parts = piecesOf(filler(chars), Math.max(1, Math.ceil(chars / beats)));
  return parts.flatMap((part) => [...piecesOf(part, DELTA_CHARS).map(textDelta), overMs / parts.length]);
}

function textDelta(text: string): StreamEvent {
  return { type: 'text_delta', text };
}
