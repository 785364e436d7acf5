import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readLines } from '../stream/read-lines.ts';
import { type Conversation, transcriptOf } from './conversation.ts';

/** Longest row that is copied, in bytes. */
const MAX_ROW_BYTES = 64 * 1024 * 1024;

/**
 * Copies a conversation as it is now, whole or not at all, so that the CLI can resume the copy under the id `to`. Nothing is done if
 * there is such a conversation already, or none to copy. The CLI's own `--fork-session` copies only when the first message comes, and
 * so would take what is said in the other one until then (measured on 2.1.329).
 */
export async function copyConversation(session: Conversation, to: string): Promise<void> {
  const path = await transcriptOf(session);
  if (path === undefined || (await transcriptOf({ ...session, claudeSessionId: to })) !== undefined) return;
  const copy = join(dirname(path), `${to}.jsonl`);
  const draft = `${copy}.tmp-${randomBytes(6).toString('hex')}`;
  try {
    await copyRows(path, draft, { from: session.claudeSessionId, to });
    await rename(draft, copy);
  } finally {
    await rm(draft, { force: true });
  }
}

async function copyRows(path: string, draft: string, id: { from: string; to: string }): Promise<void> {
  const file = await open(draft, 'wx', 0o600);
  try {
    for await (const line of readLines(createReadStream(path), MAX_ROW_BYTES)) {
      const row = 'text' in line ? underId(line.text, id) : undefined;
      if (row !== undefined) await file.write(`${row}\n`);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A row of the copy; undefined for a torn line, of which there is no use. */
function underId(text: string, { from, to }: { from: string; to: string }): string | undefined {
  try {
    const row = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(row.sessionId === from ? { ...row, sessionId: to } : row);
  } catch {
    return undefined;
  }
}
