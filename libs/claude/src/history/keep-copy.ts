import { randomBytes } from 'node:crypto';
import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Conversation, projectsOf, transcriptOf } from '../transcript/conversation.ts';
import { setAside } from '../transcript/read-transcript.ts';
import { findLoss, type History, type HistoryLoss, historyIn, lossIn, readHistory } from './read-history.ts';

/** A conversation, and the directory in which its copy is kept. */
interface KeptConversation extends Conversation {
  readonly copies: string;
}

/**
 * Keeps a copy of a conversation's transcript out of the reach of whoever else uses Claude's directory: any other Claude deletes, by its
 * own settings, what is older than 30 days (measured on 2.1.329). On the same disk it is a second name of the same file, costs nothing,
 * and is never out of date, but does not outlive that the file is emptied in place; elsewhere it is copied. What there is of the conversation
 * is never replaced by less.
 *
 * @param others further conversations of which the copies stay; all others are removed
 */
export async function keepCopy(kept: KeptConversation, others: readonly string[] = []): Promise<void> {
  const path = await transcriptOf(kept);
  if (path === undefined) return;
  const copy = copyOf(kept);
  const [original, before] = await Promise.all([stat(path), stat(copy).catch(() => undefined)]);
  if (before && (isSame(original, before) || original.size <= before.size)) return;
  await mkdir(kept.copies, { recursive: true, mode: 0o700 });
  await put(path, copy);
  const stay = [kept.claudeSessionId, ...others].map((id) => `${id}.jsonl`);
  for (const name of await readdir(kept.copies))
    if (!stay.includes(name)) await rm(join(kept.copies, name), { force: true });
}

/**
 * Gives Claude back a conversation from its copy, if `row` was said in that; what there is of it is put aside. Resolves to whether it did.
 * To be called while no process of the conversation runs.
 */
export async function restoreCopy(kept: KeptConversation, row: string, now: number): Promise<boolean> {
  if (!(await hasRow(kept, row))) return false;
  const path = await transcriptOf(kept);
  if (path !== undefined) await setAside(path, now);
  // The CLI looks into all directories there.
  const directory = join(projectsOf(kept), 'signalbox-restored');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await put(copyOf(kept), path ?? join(directory, `${kept.claudeSessionId}.jsonl`));
  return true;
}

/**
 * Reads a conversation in which `row` was said, as it will be when it is gone on with: from its copy, if only that has the row. `loss`: what
 * is wrong with it, if neither has it. Nothing is changed.
 */
export async function readKeptHistory(
  kept: KeptConversation,
  row: string | undefined,
): Promise<History & { readonly loss: HistoryLoss | undefined }> {
  const loss = row === undefined ? undefined : await findLoss(kept, row);
  if (row === undefined || loss === undefined || !(await hasRow(kept, row)))
    return { ...(await readHistory(kept)), loss };
  return { ...(await historyIn(copyOf(kept))), loss: undefined };
}

async function hasRow(kept: KeptConversation, row: string): Promise<boolean> {
  const copy = copyOf(kept);
  const isThere = await stat(copy).then(
    () => true,
    () => false,
  );
  return isThere && (await lossIn(copy, row)) === undefined;
}

function copyOf({ copies, claudeSessionId }: KeptConversation): string {
  return join(copies, `${claudeSessionId}.jsonl`);
}

/** Puts a file under another name as well, whole or not at all. */
async function put(path: string, to: string): Promise<void> {
  const draft = `${to}.tmp-${randomBytes(6).toString('hex')}`;
  try {
    // Another disk, or one that knows no second names.
    await link(path, draft).catch(() => copyFile(path, draft));
    await rename(draft, to);
  } finally {
    await rm(draft, { force: true });
  }
}

function isSame(a: { dev: number; ino: number }, b: { dev: number; ino: number }): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}
