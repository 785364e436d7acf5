import { type Conversation, transcriptOf } from './conversation.ts';
import type { LateTurns } from './fold-late.ts';
import { ABSENT, type TranscriptTurn } from './fold-turn.ts';
import { hasConversation, pointToEnd, readLate, readTurn, rewindTo, setAside } from './read-transcript.ts';

/** What a session's earlier processes left. */
export interface Past {
  /** There is a conversation to resume. */
  resume: boolean;
  /** What became of the message that was in flight; undefined if none was. */
  inFlight: TranscriptTurn | undefined;
  /** What Claude did unasked at the end; undefined if the last turn is a message's. */
  late?: LateTurns | undefined;
}

/** Late turns that are older were told long ago, or are of no use any more, in ms. */
const LATE_FOR_MS = 24 * 3_600_000;

/** Whose past is read: the conversation, and the message that its last process was at. */
interface Session extends Conversation {
  inFlightUuid?: string | undefined;
  onWarning?(warning: string): void;
}

/**
 * Reads what the session's earlier processes left. To be called behind the fence: the file must not change meanwhile.
 * A transcript without any message blocks its session for ever, so it is put aside and reported.
 */
export async function readPast(session: Session, now: number): Promise<Past> {
  const path = await transcriptOf(session);
  const nothing = { resume: false, inFlight: session.inFlightUuid === undefined ? undefined : ABSENT };
  if (path === undefined) return nothing;
  if (!(await hasConversation(path))) {
    const aside = await setAside(path, now);
    session.onWarning?.(`the transcript ${path} has no message and cannot be resumed; it is now ${aside}`);
    return nothing;
  }
  const past = await readConversation(path, session, now);
  if (await pointToEnd(path, session.claudeSessionId))
    session.onWarning?.(`Claude would have missed the end of ${path}; it was pointed to`);
  return past;
}

async function readConversation(path: string, session: Session, now: number): Promise<Past> {
  const { inFlightUuid } = session;
  const late = await readLate(path, now - LATE_FOR_MS);
  if (inFlightUuid === undefined) return { resume: true, inFlight: undefined, late };
  const inFlight = await readTurn(path, inFlightUuid);
  const { unanswered, bareContinuation } = inFlight;
  if (unanswered !== undefined) {
    await rewindTo(path, unanswered);
    session.onWarning?.(`Claude had denied itself what nobody could answer any more; that was taken back from ${path}`);
  } else if (inFlight.state === 'open' && bareContinuation !== undefined) {
    await rewindTo(path, bareContinuation);
    session.onWarning?.(`a second crash in one turn: the continuation without an answer was taken back from ${path}`);
  } else return { resume: true, inFlight, late };
  return { resume: true, inFlight: await readTurn(path, inFlightUuid) };
}

/**
 * Whether the CLI is told to go on by itself. Only if the transcript has the message in flight and not its end: with
 * another turn as its last one it would run that one again, unasked.
 */
export function continuesInterrupted({ inFlight }: Past): boolean {
  return inFlight?.state === 'open' || inFlight?.state === 'failed';
}

/** Whether the CLI is told to go on with a turn of its own, which nobody waits for; what it says comes as late. */
export function continuesLate({ late }: Past): boolean {
  return late?.isOpen ?? false;
}
