import { setTimeout as pause } from 'node:timers/promises';
import type { ApiCall, ShownMessage } from '@signalbox/simulator';
import { PATIENCE_MS } from './patience.ts';
import type { World } from './world.ts';

/** How an answer that was streamed came to a chat. */
export interface Flow {
  /** Calls that count against a chat's limits: messages, edits and drafts. */
  readonly calls: number;
  /** Of these, how many were refused with 429. */
  readonly refused: number;
  /** From the model's last word until the whole answer is shown as a message, in ms. */
  readonly delayMs: number;
  readonly answer: ShownMessage;
}

/** How often the model is looked at, in ms. */
const LOOK_EVERY_MS = 5;

/** Asks for an answer of `chars` characters in `overMs` ms, in a place that has a session, and watches it come. */
export async function watchFlow(
  world: World,
  asked: { from: number; chat: number; thread?: number; chars: number; overMs: number },
): Promise<Flow> {
  const { telegram, anthropic } = world.simulator;
  const { from, chat, thread, chars, overMs } = asked;
  const callsBefore = telegram.calls.length;
  const turnsBefore = anthropic.turns().length;
  const lastBefore = Math.max(0, ...world.shown(chat).map(({ id }) => id));
  // A view of the turn, which has a button, may hold as much.
  const isWhole = ({ id, text, buttons }: ShownMessage) =>
    id > lastBefore && text.length > chars - 10 && buttons.length === 0;
  let shownAt = 0;
  const shown = telegram
    .waitFor(() => world.shown(chat).find(isWhole), { timeoutMs: overMs + PATIENCE_MS })
    .finally(() => {
      shownAt = performance.now();
    });
  telegram.say({ from, chat, ...(thread === undefined ? {} : { thread }), text: `[[stream ${chars} over ${overMs}]]` });
  const end = performance.now() + overMs + PATIENCE_MS;
  while (anthropic.turns()[turnsBefore]?.outcome !== 'answered' && performance.now() < end) await pause(LOOK_EVERY_MS);
  const answeredAt = performance.now();
  const answer = await shown;
  const calls = telegram.calls.slice(callsBefore).filter(isCounted);
  return { calls: calls.length, refused: refusals(calls).length, delayMs: shownAt - answeredAt, answer };
}

function isCounted({ method }: ApiCall): boolean {
  return /^(send(?!ChatAction)|edit)/.test(method);
}

/** The calls among these that came too fast. */
export function refusals(calls: readonly ApiCall[]): ApiCall[] {
  return calls.filter(({ outcome }) => typeof outcome === 'object' && !outcome.ok && outcome.code === 429);
}
