import { createReadStream } from 'node:fs';
import { appendFile, rename, truncate } from 'node:fs/promises';
import { readLines } from '../stream/read-lines.ts';
import { EndFold } from './fold-end.ts';
import { LateFold, type LateTurns } from './fold-late.ts';
import { type TranscriptTurn, TurnFold } from './fold-turn.ts';
import { parseRow, type TranscriptRow } from './row.ts';

/** Longest row that is read, in bytes. */
const MAX_ROW_BYTES = 64 * 1024 * 1024;

/** What Claude did unasked at the end of the transcript at `path`; see `LateFold`. Reads the file once, row by row. */
export async function readLate(path: string, since: number): Promise<LateTurns | undefined> {
  const fold = new LateFold(since);
  for await (const { row, offset } of readRows(path)) fold.add(row, offset);
  return fold.late;
}

/** What became of a message, by the transcript at `path`. Reads the file once, row by row. */
export async function readTurn(path: string, messageUuid: string): Promise<TranscriptTurn> {
  const fold = new TurnFold(messageUuid);
  for await (const { row, offset } of readRows(path)) fold.add(row, offset);
  return fold.turn;
}

/**
 * Whether `--resume` can use the file. One without any message (its very first write was cut off) can be neither resumed
 * ("No conversation found") nor begun anew ("already in use") (measured on 2.1.329).
 */
export async function hasConversation(path: string): Promise<boolean> {
  for await (const { row } of readRows(path)) {
    if (row.type === 'user' || row.type === 'assistant') return true;
  }
  return false;
}

/** Puts an unusable transcript out of the CLI's sight without losing it. Returns its new path. */
export async function setAside(path: string, now: number): Promise<string> {
  const aside = `${path}.unusable-${now}`;
  await rename(path, aside);
  return aside;
}

/**
 * Takes back a continuation that came no further than its hidden first row, which begins at `offset`. A CLI that finds such a
 * row at the end neither continues nor runs the message again: the answer would be lost (measured on 2.1.329). The row
 * holds nothing of a person's or of Claude's, and without it the file is what it was when the CLI did continue.
 */
export async function rewindTo(path: string, offset: number): Promise<void> {
  await truncate(path, offset);
}

/** Lets the CLI find the end of the conversation; see `EndFold`. Returns whether it would have missed it. */
export async function pointToEnd(path: string, sessionId: string): Promise<boolean> {
  const fold = new EndFold();
  for await (const { row } of readRows(path)) fold.add(row);
  if (fold.missed === undefined) return false;
  // A crash may have torn the last line; an empty one harms nothing.
  await appendFile(path, `\n${JSON.stringify({ type: 'last-prompt', leafUuid: fold.missed, sessionId })}\n`);
  return true;
}

/** The rows of the transcript at `path`, one after the other, and where each begins, in bytes. */
export async function* readRows(path: string): AsyncGenerator<{ row: TranscriptRow; offset: number }> {
  let offset = 0;
  for await (const line of readLines(createReadStream(path), MAX_ROW_BYTES)) {
    const row = 'text' in line ? parseRow(line.text) : undefined;
    if (row !== undefined) yield { row, offset };
    offset += line.bytes + 1;
  }
}
