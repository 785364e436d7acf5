import type { StreamEvent } from './plan-answer.ts';

type Block = Record<string, unknown> & { type: string };

/** The message that a stream of events amounts to: the body of a response that is not streamed. */
export function assembleMessage(events: readonly StreamEvent[]): Record<string, unknown> {
  let message: Record<string, unknown> = {};
  const content: Block[] = [];
  const json: string[] = [];
  for (const event of events) {
    const index = Number(event.index);
    if (event.type === 'message_start') message = { ...(event.message as object) };
    if (event.type === 'content_block_start') content[index] = { ...(event.content_block as Block) };
    if (event.type === 'content_block_delta') applyDelta(content, json, index, event.delta as Record<string, string>);
    if (event.type === 'message_delta') {
      const usage = { ...(message.usage as object), ...(event.usage as object) };
      message = { ...message, ...(event.delta as object), usage };
    }
  }
  for (const [index, text] of json.entries()) {
    const block = content[index];
    if (text !== undefined && block !== undefined) block.input = JSON.parse(text);
  }
  return { ...message, content };
}

function applyDelta(content: Block[], json: string[], index: number, delta: Record<string, string>): void {
  const block = content[index];
  if (block === undefined) return;
  if (delta.type === 'text_delta') block.text = `${block.text}${delta.text}`;
  if (delta.type === 'thinking_delta') block.thinking = `${block.thinking}${delta.thinking}`;
  if (delta.type === 'signature_delta') block.signature = delta.signature;
  if (delta.type === 'input_json_delta') json[index] = `${json[index] ?? ''}${delta.partial_json}`;
}
