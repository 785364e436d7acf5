import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readLines } from '../stream/read-lines.ts';
import { type Conversation, transcriptOf } from '../transcript/conversation.ts';

/** Longest row that is copied, in bytes. */
const MAX_ROW_BYTES = 64 * 1024 * 1024;

/**
 * Copies a conversation as it is now, whole or not at all, so that the CLI can resume the copy under the id `to`. Nothing is done if
 * there is such a conversation already, or none to copy. The CLI's own `--fork-session` copies only when the first message comes, and
 * so would take what is said in the other one until then (measured on 2.1.329).
 *
 * @param before the row of a message: the copy ends before it. If nothing was said by then, there is no copy
 */
export async function copyConversation(session: Conversation, to: string, before?: string): Promise<void> {
  const path = await transcriptOf(session);
  if (path === undefined || (await transcriptOf({ ...session, claudeSessionId: to })) !== undefined) return;
  const copy = join(dirname(path), `${to}.jsonl`);
  const draft = `${copy}.tmp-${randomBytes(6).toString('hex')}`;
  try {
    if (await copyRows(path, draft, { from: session.claudeSessionId, to, before })) await rename(draft, copy);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Resolves to whether anything that was said is among the rows: the CLI cannot resume a conversation without that. */
async function copyRows(
  path: string,
  draft: string,
  { before, ...id }: { from: string; to: string; before: string | undefined },
): Promise<boolean> {
  const file = await open(draft, 'wx', 0o600);
  let hasWords = false;
  try {
    for await (const line of readLines(createReadStream(path), MAX_ROW_BYTES)) {
      const row = 'text' in line ? parse(line.text) : undefined;
      if (row === undefined) continue;
      if (before !== undefined && row.uuid === before) break;
      hasWords ||= row.type === 'user' || row.type === 'assistant';
      await file.write(`${JSON.stringify(row.sessionId === id.from ? { ...row, sessionId: id.to } : row)}\n`);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hasWords;
}

/** Undefined for a torn line, of which there is no use. */
function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
