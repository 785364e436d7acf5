import { type Conversation, transcriptOf } from './conversation.ts';
import { readRows } from './read-transcript.ts';
import type { TranscriptRow } from './row.ts';

/** A use of a tool that has no result yet. */
export interface OpenTool {
  readonly name: string;
  readonly input: Record<string, unknown>;
  /** In ms since the epoch; undefined if the transcript does not say. */
  readonly since: number | undefined;
}

/** Folds the rows of a transcript, in order, into the tools that still run. Pure. */
export class OpenToolsFold {
  readonly #open = new Map<string, OpenTool>();

  get tools(): OpenTool[] {
    return [...this.#open.values()];
  }

  add(row: TranscriptRow): void {
    if (row.isSidechain) return;
    const at = Date.parse(row.timestamp ?? '');
    const since = Number.isNaN(at) ? undefined : at;
    const blocks = row.message?.content ?? [];
    // A person's message, or the CLI's own, begins another turn: what had no result by then was cut off.
    if (row.type === 'user' && !blocks.some(({ type }) => type === 'tool_result')) this.#open.clear();
    for (const { type, id, name, input, tool_use_id } of blocks) {
      if (type === 'tool_use' && id !== undefined) this.#open.set(id, { name: name ?? '', input: input ?? {}, since });
      else if (type === 'tool_result') this.#open.delete(tool_use_id ?? '');
    }
  }
}

/** The tools that a conversation waits for, as its transcript has it now. */
export async function readOpenTools(session: Conversation): Promise<OpenTool[]> {
  const path = await transcriptOf(session);
  const fold = new OpenToolsFold();
  if (path !== undefined) for await (const { row } of readRows(path)) fold.add(row);
  return fold.tools;
}
