import { killStaleProcesses } from '../fence/kill-stale-processes.ts';
import { type Conversation, transcriptOf } from './conversation.ts';
import { ABSENT, type TranscriptTurn } from './fold-turn.ts';
import { readTurn } from './read-transcript.ts';

/**
 * What became of a message that was in flight when its process ended. What is left of that process is ended first: it could
 * go on writing. Throws `fence-failed` if that does not succeed.
 */
export async function lookAtTurn(
  session: Conversation & { marker: string },
  messageUuid: string,
): Promise<TranscriptTurn> {
  await killStaleProcesses(session.marker);
  return readTurnOf(session, messageUuid);
}

/** How far a message came, as the transcript has it now. The file may grow meanwhile. */
export async function readTurnOf(conversation: Conversation, messageUuid: string): Promise<TranscriptTurn> {
  const path = await transcriptOf(conversation);
  return path === undefined ? ABSENT : readTurn(path, messageUuid);
}
