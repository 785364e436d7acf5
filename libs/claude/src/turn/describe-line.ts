import { textIn } from '../stream/content-block.ts';
import type { Line, LineOf } from '../stream/line.ts';
import type { RateLimit, TurnEvent } from './turn-event.ts';

/** Most of a tool's result that an event carries, in UTF-16 units: more than the CLI itself gives the model of a command. */
export const TOOL_CONTENT_LIMIT = 50_000;

/** What a line tells about a turn while it runs (everything but `said`). `textsBefore`: what Claude said before it in the turn. Pure. */
export function describeLine(line: Line, textsBefore = 0): TurnEvent[] {
  switch (line.kind) {
    case 'stream_event':
      return line.parent_tool_use_id ? [] : describeStreamEvent(line);
    case 'assistant':
      return startedTools(line, textsBefore);
    case 'user':
      return line.isReplay ? [] : endedTools(line);
    case 'system/api_retry':
      return [
        {
          type: 'retrying',
          attempt: line.attempt,
          maxAttempts: line.max_retries ?? 0,
          delayMs: Math.round(line.retry_delay_ms ?? 0),
          status: line.error_status,
        },
      ];
    case 'system/status':
      return compactionIn(line);
    case 'system/compact_boundary':
      return [{ type: 'compacted' }];
    case 'rate_limit_event':
      return [{ type: 'rate-limit', ...rateLimitOf(line) }];
    default:
      return [];
  }
}

/** That it succeeded is told by a line of its own. */
function compactionIn({ status, compact_result: result, compact_error: reason }: LineOf<'system/status'>): TurnEvent[] {
  if (status === 'compacting') return [{ type: 'compacting' }];
  return result === 'failed' ? [{ type: 'compaction-failed', reason: reason ?? '' }] : [];
}

/** The CLI gives the reset in seconds since the epoch. */
export function rateLimitOf(line: LineOf<'rate_limit_event'>): RateLimit {
  const { status, rateLimitType, utilization, resetsAt } = line.rate_limit_info;
  return {
    status,
    ...(rateLimitType === undefined ? {} : { kind: rateLimitType }),
    ...(utilization === undefined ? {} : { utilization }),
    ...(resetsAt === undefined ? {} : { resetsAt: resetsAt * 1_000 }),
  };
}

/** The text of a block of Claude's own answer; undefined for a subagent's, an error's or the CLI's own words. */
export function spokenText(line: LineOf<'assistant'>): string | undefined {
  if (line.parent_tool_use_id || line.error !== undefined || line.is_api_error_message) return undefined;
  if (line.message.model === '<synthetic>') return undefined;
  const text = textIn(line.message.content);
  return text.trim() === '' ? undefined : text;
}

function describeStreamEvent({ event }: LineOf<'stream_event'>): TurnEvent[] {
  if (event.type === 'content_block_start') {
    if (event.content_block?.type === 'text') return [{ type: 'text-block-started' }];
    return event.content_block?.type === 'thinking' ? [{ type: 'thinking' }] : [];
  }
  if (event.type !== 'content_block_delta' || event.delta?.type !== 'text_delta') return [];
  return event.delta.text ? [{ type: 'text-delta', text: event.delta.text }] : [];
}

function startedTools(line: LineOf<'assistant'>, textsBefore: number): TurnEvent[] {
  const parent = line.parent_tool_use_id ? { parentId: line.parent_tool_use_id } : {};
  return line.message.content.flatMap(({ type, id = '', name = '', input = {} }): TurnEvent[] =>
    type === 'tool_use' ? [{ type: 'tool-started', id, name, input, textsBefore, ...parent }] : [],
  );
}

function endedTools(line: LineOf<'user'>): TurnEvent[] {
  const parent = line.parent_tool_use_id ? { parentId: line.parent_tool_use_id } : {};
  return line.message.content.flatMap((block): TurnEvent[] => {
    if (block.type !== 'tool_result') return [];
    const content = toolContent(block.content);
    const isError = block.is_error === true;
    return [{ type: 'tool-ended', id: block.tool_use_id ?? '', isError, content, ...parent }];
  });
}

/** The beginning of what a tool returned, as text. */
export function toolContent(content: unknown): string {
  if (typeof content === 'string') return content.slice(0, TOOL_CONTENT_LIMIT);
  if (!Array.isArray(content)) return '';
  let text = '';
  for (const block of content as { text?: unknown }[]) {
    if (text.length >= TOOL_CONTENT_LIMIT) break;
    if (typeof block?.text === 'string') text += `${text === '' ? '' : '\n'}${block.text}`;
  }
  return text.slice(0, TOOL_CONTENT_LIMIT);
}
