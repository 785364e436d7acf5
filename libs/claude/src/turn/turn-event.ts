/** What an account may still use, as the CLI tells it. Only seen with a subscription login (measured on 2.1.329). */
export interface RateLimit {
  status: 'allowed' | 'allowed_warning' | 'rejected' | (string & {});
  /** `five_hour`, `seven_day`, … */
  kind?: string | undefined;
  /** 0…1 */
  utilization?: number | undefined;
  /** Milliseconds since the epoch. */
  resetsAt?: number | undefined;
}

/**
 * What a person may want to know while Claude works. Only `said` is durable: it is emitted when the transcript holds its
 * row, once per run of a turn, in order, and after a crash again with the same `rowUuid`. Uses of tools are told again after a crash,
 * with the same ids and counts. The rest may be lost or repeated.
 */
export type TurnEvent =
  /** `toolsBefore`: how many tools Claude itself had used in the turn when it began to say this. */
  | { type: 'said'; rowUuid: string; text: string; toolsBefore: number }
  | { type: 'text-block-started' }
  | { type: 'text-delta'; text: string }
  | { type: 'thinking' }
  /** `textsBefore`: how many texts Claude had said in the turn by then. `parentId`: the tool call (a subagent) that this call belongs to. */
  | {
      type: 'tool-started';
      id: string;
      name: string;
      input: Record<string, unknown>;
      textsBefore: number;
      parentId?: string;
    }
  /** `content`: the beginning of what the tool returned, at most `TOOL_CONTENT_LIMIT`. */
  | { type: 'tool-ended'; id: string; isError: boolean; content: string; parentId?: string }
  /** The API failed and the CLI tries again by itself after `delayMs`. `status` is undefined when nothing answered. */
  | { type: 'retrying'; attempt: number; maxAttempts: number; delayMs: number; status: number | undefined }
  | ({ type: 'rate-limit' } & RateLimit)
  | { type: 'compacting' }
  /** The conversation so far was replaced by a summary; or it was not, and is as it was. */
  | { type: 'compacted' }
  | { type: 'compaction-failed'; reason: string }
  /**
   * Claude asks a person something (`OnPermission`) once this is told, and waits until `request-closed`. What it said before is told by
   * then, unless its row took too long. Both may be told while another event is dealt with.
   */
  | { type: 'request-opened'; id: string }
  | { type: 'request-closed'; id: string };
