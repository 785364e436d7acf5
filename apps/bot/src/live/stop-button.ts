import { createHash, createHmac } from 'node:crypto';
import type { Place } from '@signalbox/contracts';

/** A press on Telegram's own Stop button, which names the draft that it was pressed at. */
export interface DraftStop {
  readonly place: Place;
  readonly draftId: number;
  readonly userId: number;
  readonly userName: string;
}

/** The [Stop] buttons below live views. What they send names their turn, and nobody else can write it. */
export interface StopButtons {
  /** What the button of a turn sends; `undefined` if it does not fit into a button. */
  dataFor(chatId: number, turn: string): string | undefined;
  /** The turn that a pressed button is of; `undefined` if it is no such button of this chat. */
  turnOf(chatId: number, data: string | undefined): string | undefined;
}

/** The most that a button can send, in bytes. */
const LONGEST_DATA = 64;

/** @param secret known to this bot alone */
export function createStopButtons(secret: string): StopButtons {
  const wordFor = (chatId: number, turn: string) =>
    createHmac('sha256', secret).update(`stop ${chatId} ${turn}`).digest('base64url').slice(0, 16);
  return {
    dataFor(chatId, turn) {
      const data = `s:${wordFor(chatId, turn)}:${turn}`;
      return Buffer.byteLength(data) <= LONGEST_DATA ? data : undefined;
    },
    turnOf(chatId, data) {
      const [, word, turn] = /^s:([\w-]{16}):(.+)$/.exec(data ?? '') ?? [];
      return turn !== undefined && word === wordFor(chatId, turn) ? turn : undefined;
    },
  };
}

/** The id of a turn's draft: Telegram's own Stop button names it. Never 0. */
export function draftIdOf(turn: string): number {
  return createHash('sha256').update(turn).digest().readUInt32BE() & 0x7fffffff || 1;
}
