import { join } from 'node:path';
import type { ClaudeOptions } from '../start/options.ts';
import { findTranscript } from './find-transcript.ts';
import type { TranscriptTurn } from './fold-turn.ts';
import { hasConversation, readTurn, rewindTo, setAside } from './read-transcript.ts';

/** What a session's earlier processes left. */
export interface Past {
  /** There is a conversation to resume. */
  resume: boolean;
  /** What became of the message that was in flight; undefined if none was. */
  inFlight: TranscriptTurn | undefined;
}

type Session = Pick<ClaudeOptions, 'configDir' | 'environment' | 'claudeSessionId' | 'inFlightUuid' | 'onWarning'>;

/** The session's transcript, if it has one. */
export function transcriptOf(session: Session): Promise<string | undefined> {
  return findTranscript(session.configDir ?? join(session.environment.HOME, '.claude'), session.claudeSessionId);
}

/**
 * Reads what the session's earlier processes left. To be called behind the fence: the file must not change meanwhile.
 * A transcript without any message blocks its session for ever, so it is put aside and reported.
 */
export async function readPast(session: Session, now: number): Promise<Past> {
  const path = await transcriptOf(session);
  if (path === undefined) return { resume: false, inFlight: absentIf(session.inFlightUuid !== undefined) };
  if (!(await hasConversation(path))) {
    const aside = await setAside(path, now);
    session.onWarning?.(`the transcript ${path} has no message and cannot be resumed; it is now ${aside}`);
    return { resume: false, inFlight: absentIf(session.inFlightUuid !== undefined) };
  }
  const { inFlightUuid } = session;
  if (inFlightUuid === undefined) return { resume: true, inFlight: undefined };
  const inFlight = await readTurn(path, inFlightUuid);
  if (inFlight.state !== 'open' || inFlight.bareContinuation === undefined) return { resume: true, inFlight };
  await rewindTo(path, inFlight.bareContinuation);
  session.onWarning?.(`a second crash in one turn: the continuation without an answer was taken back from ${path}`);
  return { resume: true, inFlight: await readTurn(path, inFlightUuid) };
}

/**
 * Whether the CLI is told to go on by itself. Only if the transcript has the message in flight and not its end: with
 * another turn as its last one it would run that one again, unasked.
 */
export function continuesInterrupted({ inFlight }: Past): boolean {
  return inFlight?.state === 'open' || inFlight?.state === 'failed';
}

function absentIf(inFlight: boolean): TranscriptTurn | undefined {
  return inFlight ? { state: 'absent', said: [] } : undefined;
}
