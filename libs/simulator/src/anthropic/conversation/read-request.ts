import { z } from 'zod';

const contentBlock = z.looseObject({ type: z.string() });
const content = z.union([z.string(), z.array(contentBlock)]);

const messagesRequest = z.looseObject({
  model: z.string().min(1),
  messages: z.array(z.looseObject({ role: z.string(), content })).min(1),
  system: content.optional(),
  stream: z.boolean().optional(),
  tools: z.array(z.unknown()).optional(),
});

/** The part of a Messages API request that the simulated model looks at. Everything else is accepted and ignored. */
export type MessagesRequest = z.infer<typeof messagesRequest>;

/** One content block of a message: `text`, `tool_use`, `tool_result`, `image` … */
export type ContentBlock = z.infer<typeof contentBlock>;

/**
 * Checks the body of POST /v1/messages.
 * @returns the request, or the sentence to refuse it with
 */
export function readMessagesRequest(body: unknown): { request: MessagesRequest } | { problem: string } {
  const read = messagesRequest.safeParse(body);
  if (read.success) return { request: read.data };
  const issue = read.error.issues[0];
  return { problem: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not a Messages API request'}` };
}

/** The blocks of a message or system prompt; a plain string counts as one text block. */
export function blocksOf(value: string | ContentBlock[] | undefined): ContentBlock[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [{ type: 'text', text: value }] : value;
}

/** The text of a text block, else an empty string. */
export function textOf(block: ContentBlock): string {
  return block.type === 'text' && typeof block.text === 'string' ? block.text : '';
}
