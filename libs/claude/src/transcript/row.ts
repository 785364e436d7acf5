import { z } from 'zod';

const optionalString = z.string().optional().catch(undefined);
const block = z.object({
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

/** A row of the transcript, reduced to what recovery needs (measured on 2.1.329). */
const row = z.object({
  type: z.string(),
  uuid: optionalString,
  timestamp: optionalString,
  /** `task-notification`: the CLI tells Claude that a background task has ended. */
  origin: z.object({ kind: z.string() }).optional().catch(undefined),
  parentUuid: z.string().nullish().catch(undefined),
  /** Of a `last-prompt`: the row at which a process resumed. */
  leafUuid: optionalString,
  isSidechain: z.boolean().optional().catch(undefined),
  isMeta: z.boolean().optional().catch(undefined),
  isCompactSummary: z.boolean().optional().catch(undefined),
  isApiErrorMessage: z.boolean().optional().catch(undefined),
  error: optionalString,
  apiErrorStatus: z.number().optional().catch(undefined),
  message: z
    .object({
      model: optionalString,
      stop_reason: z.string().nullish().catch(undefined),
      content: z.union([
        z.string().transform((text): z.infer<typeof block>[] => [{ type: 'text', text }]),
        z.array(block),
      ]),
    })
    .optional()
    .catch(undefined),
});

export type TranscriptRow = z.infer<typeof row>;
export type Block = z.infer<typeof block>;

/** Reads one row; undefined for a torn or foreign line: a crash leaves such lines and the CLI leaves them in the file. */
export function parseRow(text: string): TranscriptRow | undefined {
  try {
    const parsed = row.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a row's text blocks. */
export function textOf(row: TranscriptRow): string {
  return (row.message?.content ?? []).flatMap((b) => (b.type === 'text' ? [b.text ?? ''] : [])).join('\n\n');
}

/** Whether a row brings what a tool returned. */
export function hasToolResult(row: TranscriptRow): boolean {
  return row.message?.content.some(({ type }) => type === 'tool_result') ?? false;
}

/** Whether a row says that a person ended the turn. */
export function isInterruption(row: TranscriptRow): boolean {
  return textOf(row).startsWith('[Request interrupted by user');
}
