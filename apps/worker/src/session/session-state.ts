import type { Origin } from '@signalbox/contracts';
import type { Metadata } from '@signalbox/sessions';
import type { ProcessEvent } from '../warm/process-event.ts';

/** What Claude is at besides its messages: a background task, or a turn of its own because one has ended. */
export type Background = Metadata['background'];

/** A message that Claude is at. */
export interface Turn {
  readonly jobId: string;
  readonly origin: Origin;
}

/**
 * What a session's Claude is at while this worker holds the session's lease.
 *
 *   cold ──starting──▶ starting ──started──▶ warm ──stopping──▶ stopping ──stopped──▶ cold
 *     ▲                  │    ▲                                     │
 *     └───not started────┘    └──starting (it could not be stopped)─┘
 *
 *   warm is one of   idle ◀──job begun, job over──▶ turn (a message's)
 *                     ▲ └──background: task──▶ background task ──background: turn──▶ late turn (of Claude's own, as a task has ended)
 *                     └──────────────────────────background: none────────────────────────┘
 *
 * A message's turn may run beside a background task. A process that ends by itself goes through stopping as well: its tools may live on.
 * What Claude was at besides its messages when its process ended is `left` until somebody goes on with it, or is told that it is lost.
 */
export interface SessionState {
  readonly claude: 'cold' | 'starting' | 'warm' | 'stopping';
  /** Of the process, while it is warm or stopping. */
  readonly pid: number | null;
  readonly background: Background;
  /** What an earlier process was cut off from, and nobody has dealt with. */
  readonly left: Background;
  /** The message that is at work, from the moment it is taken. */
  readonly turn: Turn | undefined;
  /** Nothing was asked of the session for its idle time, so that it may be let go. */
  readonly isUnused: boolean;
}

/** What happens to a session. */
export type SessionEvent =
  | ProcessEvent
  /** The metadata were read. */
  | { readonly type: 'read'; readonly background: Background }
  /** What an earlier process was cut off from is dealt with. */
  | { readonly type: 'settled' }
  /** `turn`: if the job is a message. */
  | { readonly type: 'job-begun'; readonly turn: Turn | undefined }
  | { readonly type: 'job-over' }
  | { readonly type: 'unused' };

/** How a session begins here, before anything of it was read. */
export const COLD: SessionState = {
  claude: 'cold',
  pid: null,
  background: 'none',
  left: 'none',
  turn: undefined,
  isUnused: false,
};

type Stage = SessionState['claude'];
const ANY: readonly Stage[] = ['cold', 'starting', 'warm', 'stopping'];

/** In which states an event has an effect. A process that could not be stopped is ended by the next start. */
const FROM: Record<SessionEvent['type'], readonly Stage[]> = {
  read: ['cold'],
  starting: ['cold', 'stopping'],
  'not-started': ['starting'],
  started: ['starting'],
  background: ['warm'],
  stopping: ['warm'],
  stopped: ['stopping'],
  ended: [],
  settled: ANY,
  'job-begun': ANY,
  'job-over': ANY,
  unused: ['warm'],
};

/** The state after an event; an event that has no effect in a state leaves it as it is. Pure. */
export function nextState(state: SessionState, event: SessionEvent): SessionState {
  return FROM[event.type].includes(state.claude) ? { ...state, ...changeOf(state, event) } : state;
}

function changeOf(state: SessionState, event: SessionEvent): Partial<SessionState> {
  switch (event.type) {
    case 'read':
      return { left: event.background };
    case 'starting':
      return { claude: 'starting' };
    case 'not-started':
    case 'stopped':
      return { claude: 'cold', pid: null };
    case 'started':
      return { claude: 'warm', pid: event.pid, background: event.background, isUnused: false };
    case 'background':
      return { background: event.background, isUnused: false };
    case 'stopping':
      return { claude: 'stopping', background: 'none', left: withLeft(state) };
    case 'settled':
      return { left: 'none' };
    case 'job-begun':
      return { turn: event.turn, isUnused: false };
    case 'job-over':
      return { turn: undefined };
    case 'unused':
      return { isUnused: state.turn === undefined && state.background === 'none' };
    case 'ended':
      return {};
  }
}

/** What would be cut off if the process ended now, or was. */
function withLeft({ background, left }: SessionState): Background {
  return background === 'none' ? left : background;
}

/** A state in one word, as the drawing calls it. */
export type Phase = Exclude<Stage, 'warm'> | 'idle' | 'turn' | 'late turn' | 'background task';

/** What Claude is at, in one word. Pure. */
export function phaseOf({ claude, turn, background }: SessionState): Phase {
  if (claude !== 'warm') return claude;
  if (turn) return 'turn';
  if (background === 'task') return 'background task';
  return background === 'turn' ? 'late turn' : 'idle';
}

/** What the metadata say of a state. Until a process has stopped, it may be alive. Pure. */
export function metadataOf(state: SessionState): Pick<Metadata, 'status' | 'pid' | 'background'> {
  const isAlive = state.claude === 'warm' || state.claude === 'stopping';
  return { status: isAlive ? 'active' : 'suspended', pid: isAlive ? state.pid : null, background: withLeft(state) };
}

/** Whether the session is held on to although nothing waits for it. Pure. */
export function isKept({ claude, isUnused }: SessionState): boolean {
  return claude === 'warm' && !isUnused;
}

/** Whether another worker must take the session if this one dies: Claude is at something that no queue knows of. Pure. */
export function needsHolder({ claude, background }: SessionState): boolean {
  return claude === 'warm' && background !== 'none';
}
