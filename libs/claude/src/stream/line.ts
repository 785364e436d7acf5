import { z } from 'zod';
import { messageContent } from './content-block.ts';

/**
 * The lines of the CLI's stdout that matter, each reduced to the fields that are used (measured on 2.1.329). Fields are
 * as lenient as their use allows: a line that does not fit is ignored, and an ignored `result` would leave a turn open.
 */

const uuids = z.array(z.string()).optional().catch(undefined);

const optionalNumber = z.number().optional().catch(undefined);
const optionalString = z.string().optional().catch(undefined);

const usage = z
  .object({
    input_tokens: optionalNumber,
    output_tokens: optionalNumber,
    cache_read_input_tokens: optionalNumber,
    cache_creation_input_tokens: optionalNumber,
  })
  .optional()
  .catch(undefined);

const rateLimitInfo = z.object({
  status: z.string(),
  resetsAt: optionalNumber,
  rateLimitType: optionalString,
  utilization: optionalNumber,
});

const schemas = {
  /** The receipt of a message (`queued`), and its progress. Undocumented. */
  command_lifecycle: z.object({ command_uuid: z.string(), state: z.string() }),
  /** The beginning of every turn. */
  'system/init': z.object({ model: optionalString, user_message_uuids: uuids }),
  'system/session_state_changed': z.object({ state: z.string() }),
  'system/status': z.object({
    status: z.string().nullish(),
    /** How the summing up of a conversation ended. */
    compact_result: optionalString,
    compact_error: optionalString,
    user_message_uuids: uuids,
  }),
  'system/api_retry': z.object({
    attempt: z.number(),
    max_retries: optionalNumber,
    retry_delay_ms: optionalNumber,
    error_status: optionalNumber,
  }),
  'system/background_tasks_changed': z.object({ tasks: z.array(z.unknown()) }),
  /** The conversation so far was replaced by a summary. */
  'system/compact_boundary': z.object({ compact_metadata: z.object({ post_tokens: optionalNumber }).catch({}) }),
  rate_limit_event: z.object({ rate_limit_info: rateLimitInfo }),
  /** An event of the Messages API, with `--include-partial-messages`. */
  stream_event: z.object({
    event: z.object({
      type: z.string(),
      content_block: z.object({ type: z.string() }).optional().catch(undefined),
      delta: z.object({ type: optionalString, text: optionalString }).optional().catch(undefined),
    }),
    parent_tool_use_id: z.string().nullish(),
    user_message_uuids: uuids,
  }),
  /** One content block of the model's answer. */
  assistant: z.object({
    uuid: z.string(),
    parent_tool_use_id: z.string().nullish(),
    message: z.object({ model: optionalString, content: messageContent, usage }),
    error: optionalString,
    api_error: optionalString,
    is_api_error_message: z.boolean().optional().catch(undefined),
    user_message_uuids: uuids,
  }),
  /** Tool results, and the echo of a message when it is consumed (`isReplay`). */
  user: z.object({
    uuid: optionalString,
    parent_tool_use_id: z.string().nullish(),
    isReplay: z.boolean().optional().catch(undefined),
    message: z.object({ content: messageContent }),
  }),
  /** The end of every turn. */
  result: z.object({
    subtype: z.string(),
    is_error: z.boolean().optional().catch(undefined),
    result: optionalString,
    errors: z.array(z.string()).optional().catch(undefined),
    api_error_status: optionalNumber,
    terminal_reason: optionalString,
    resume_reason: optionalString,
    user_message_uuid: optionalString,
    user_message_uuids: uuids,
    num_turns: optionalNumber,
    duration_ms: optionalNumber,
    total_cost_usd: optionalNumber,
    model_usage_since_last_result: z
      .record(z.string(), z.object({ costUSD: optionalNumber }))
      .optional()
      .catch(undefined),
    /** By model, over the life of the process. */
    modelUsage: z
      .record(z.string(), z.object({ contextWindow: optionalNumber }))
      .optional()
      .catch(undefined),
    usage,
  }),
  /** Rows that the CLI has just written to the transcript, with `--session-mirror` (undocumented; the SDK uses it). */
  transcript_mirror: z.object({
    entries: z.array(
      z.object({ uuid: optionalString, type: optionalString, isSidechain: z.boolean().optional().catch(undefined) }),
    ),
  }),
  control_request: z.object({ request_id: z.string(), request: z.looseObject({ subtype: z.string() }) }),
  control_response: z.object({
    response: z.object({
      subtype: z.string(),
      request_id: z.string(),
      response: z.unknown().optional(),
      error: z.unknown().optional(),
    }),
  }),
  control_cancel_request: z.object({ request_id: z.string() }),
};

type Schemas = typeof schemas;
type LineKind = keyof Schemas;
export type LineOf<K extends LineKind> = { kind: K } & z.infer<Schemas[K]>;
/** A line that is understood; `kind` is its `type`, or `system/<subtype>`. */
export type Line = { [K in LineKind]: LineOf<K> }[LineKind];
export type AssistantLine = LineOf<'assistant'>;
export type ResultLine = LineOf<'result'>;

/** Why a line is not used: it is no JSON object, of a kind that is not used, or of a used kind but another shape. */
export type Unused = 'not-json' | 'unknown' | 'unfit';

/** Reads one line. Pure. */
export function parseLine(text: string): Line | Unused {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not-json';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-json';
  const { type, subtype } = value as { type?: unknown; subtype?: unknown };
  const kind = type === 'system' ? `system/${String(subtype)}` : String(type);
  if (!Object.hasOwn(schemas, kind)) return 'unknown';
  const parsed = schemas[kind as LineKind].safeParse(value);
  return parsed.success ? ({ kind, ...parsed.data } as Line) : 'unfit';
}

/** The messages that a line says it belongs to. */
export function messagesOf(line: Line): readonly string[] {
  const named = 'user_message_uuids' in line ? (line.user_message_uuids ?? []) : [];
  if (line.kind === 'result' && line.user_message_uuid !== undefined) return [...named, line.user_message_uuid];
  return named;
}
