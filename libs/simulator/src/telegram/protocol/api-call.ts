/** How a call of the bot ended. */
type CallOutcome =
  | { ok: true; result: unknown }
  | { ok: false; code: number; description: string }
  /** No answer was given, or the connection was cut before or after the call was carried out. */
  | 'hung'
  | 'cut before'
  | 'cut after'
  | 'open';

/** One call of the Bot API. */
export type ApiCall = {
  /** Counts from 1. */
  id: number;
  method: string;
  params: Record<string, unknown>;
  /** When it came, milliseconds since the epoch. */
  at: number;
  outcome: CallOutcome;
};
