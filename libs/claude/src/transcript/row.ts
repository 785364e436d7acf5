import { z } from 'zod';
import { messageContent, textIn } from '../stream/content-block.ts';

const optionalString = z.string().optional().catch(undefined);

const row = z.object({
  type: z.string(),
  /** Of a `system` row: `compact_boundary`, … */
  subtype: optionalString,
  uuid: optionalString,
  timestamp: optionalString,
  /** `task-notification`: the CLI tells Claude that a background task has ended. */
  origin: z.object({ kind: z.string() }).optional().catch(undefined),
  parentUuid: z.string().nullish().catch(undefined),
  /** Of a boundary: the row behind which the conversation was summed up. */
  logicalParentUuid: z.string().nullish().catch(undefined),
  /** Of a `last-prompt`: the row at which a process resumed. */
  leafUuid: optionalString,
  /** Of a `system` row. */
  content: optionalString,
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
      content: messageContent,
    })
    .optional()
    .catch(undefined),
});

/** A row of the transcript, reduced to what recovery needs (measured on 2.1.329). */
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
  return textIn(row.message?.content ?? []);
}

/** How texts of the CLI's own in a person's place begin (measured on 2.1.329). */
const OF_THE_CLI = ['<command-name>', '<local-command-', '<command-message>', '<task-notification>'];

/** Whether the text in a person's place is one of the CLI's own. */
export function isOfTheCli(row: TranscriptRow): boolean {
  const text = textOf(row).trimStart();
  return OF_THE_CLI.some((start) => text.startsWith(start));
}

/** Whether a row brings what a tool returned. */
export function hasToolResult(row: TranscriptRow): boolean {
  return row.message?.content.some(({ type }) => type === 'tool_result') ?? false;
}

/** Whether a row says that a person ended the turn. */
export function isInterruption(row: TranscriptRow): boolean {
  return textOf(row).startsWith('[Request interrupted by user');
}
