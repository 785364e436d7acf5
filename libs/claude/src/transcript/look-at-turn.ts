import { killStaleProcesses } from '../fence/kill-stale-processes.ts';
import type { ClaudeOptions } from '../start/options.ts';
import type { TranscriptTurn } from './fold-turn.ts';
import { transcriptOf } from './read-past.ts';
import { readTurn } from './read-transcript.ts';

/**
 * What became of a message that was in flight when its process ended. What is left of that process is ended first: it could
 * go on writing. Throws `fence-failed` if that does not succeed.
 */
export async function lookAtTurn(
  session: Pick<ClaudeOptions, 'configDir' | 'environment' | 'claudeSessionId' | 'marker' | 'fenceGraceMs'>,
  messageUuid: string,
): Promise<TranscriptTurn> {
  await killStaleProcesses(session.marker, { graceMs: session.fenceGraceMs });
  const path = await transcriptOf(session);
  return path === undefined ? { state: 'absent', said: [], tools: [] } : readTurn(path, messageUuid);
}
