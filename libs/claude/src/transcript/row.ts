import { z } from 'zod';

const block = z.object({ type: z.string(), text: z.string().optional().catch(undefined) });

/** A row of the transcript, reduced to what recovery needs (measured on 2.1.329). */
const row = z.object({
  type: z.string(),
  uuid: z.string().optional().catch(undefined),
  isSidechain: z.boolean().optional().catch(undefined),
  isMeta: z.boolean().optional().catch(undefined),
  isCompactSummary: z.boolean().optional().catch(undefined),
  isApiErrorMessage: z.boolean().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  apiErrorStatus: z.number().optional().catch(undefined),
  message: z
    .object({
      model: z.string().optional().catch(undefined),
      stop_reason: z.string().nullish().catch(undefined),
      content: z.union([z.string().transform((text) => [{ type: 'text', text }]), z.array(block)]),
    })
    .optional()
    .catch(undefined),
});

export type TranscriptRow = z.infer<typeof row>;

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
