import { z } from 'zod';

const optionalString = z.string().optional().catch(undefined);

const contentBlock = z.object({
  type: z.string(),
  text: optionalString,
  /** Of a `tool_use`. */
  id: optionalString,
  name: optionalString,
  input: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** Of a `tool_result`. */
  tool_use_id: optionalString,
  is_error: z.boolean().optional().catch(undefined),
  content: z.unknown().optional(),
});

/** A block of a message: the same in the stream and in the transcript (measured on 2.1.329). */
export type ContentBlock = z.infer<typeof contentBlock>;

/** What a message holds; a text alone stands for one block of it. */
export const messageContent = z.union([
  z.string().transform((text): ContentBlock[] => [{ type: 'text', text }]),
  z.array(contentBlock),
]);

/** The text of the text blocks. */
export function textIn(blocks: readonly ContentBlock[]): string {
  return blocks.flatMap(({ type, text = '' }) => (type === 'text' ? [text] : [])).join('\n\n');
}
