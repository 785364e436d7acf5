import { killStaleProcesses } from '../fence/kill-stale-processes.ts';
import { type Conversation, transcriptOf } from '../transcript/conversation.ts';
import { readRows } from '../transcript/read-transcript.ts';
import { type Compaction, CompactionFold } from './fold-compaction.ts';
import { type PastTurn, TurnsFold } from './fold-turns.ts';

/** Why a conversation cannot be gone on with as it was: there is no file, nothing was said in it, or its end is not there. */
export type HistoryLoss = 'missing' | 'empty' | 'cut off';

/**
 * What is wrong with a conversation in which `row` was said; undefined if that is there. What stands behind the row does not matter: a crash
 * may have torn it, and then it is gone on with.
 */
export async function findLoss(conversation: Conversation, row: string): Promise<HistoryLoss | undefined> {
  const path = await transcriptOf(conversation);
  return path === undefined ? 'missing' : lossIn(path, row);
}

/** The same of a transcript at a path. */
export async function lossIn(path: string, wanted: string): Promise<HistoryLoss | undefined> {
  let isEmpty = true;
  for await (const { row } of readRows(path)) {
    if (row.uuid === wanted) return undefined;
    if (row.type === 'user' || row.type === 'assistant') isEmpty = false;
  }
  return isEmpty ? 'empty' : 'cut off';
}

/** What a conversation holds now. */
export interface History {
  /** Oldest first, also those that Claude has only in a summary. */
  readonly turns: readonly PastTurn[];
  /** The last row of it. */
  readonly lastRow: string | undefined;
}

/** Reads a conversation, as its transcript has it now; nothing is in one that has none. */
export async function readHistory(conversation: Conversation): Promise<History> {
  const path = await transcriptOf(conversation);
  return path === undefined ? { turns: [], lastRow: undefined } : historyIn(path);
}

/** The same of a transcript at a path. */
export async function historyIn(path: string): Promise<History> {
  const fold = new TurnsFold();
  for await (const { row } of readRows(path)) fold.add(row);
  return { turns: fold.turns, lastRow: fold.lastRow };
}

/**
 * What became of a `/compact` that was in flight when its process ended; undefined if it did not come to an end. What is left of that process
 * is ended first: it could go on writing. Throws `fence-failed` if that does not succeed.
 */
export async function readCompaction(
  session: Conversation & { marker: string },
  messageUuid: string,
): Promise<Compaction | undefined> {
  await killStaleProcesses(session.marker);
  const path = await transcriptOf(session);
  const fold = new CompactionFold(messageUuid);
  if (path !== undefined) for await (const { row } of readRows(path)) fold.add(row);
  return fold.outcome;
}
