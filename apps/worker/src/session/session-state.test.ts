import { describe, expect, it } from 'vitest';
import { origin } from '../../testing/world.ts';
import {
  COLD,
  isKept,
  metadataOf,
  needsHolder,
  nextState,
  phaseOf,
  type SessionEvent,
  type SessionState,
} from './session-state.ts';

const turn = { jobId: 'u-1-1', origin };
const started = { type: 'started', pid: 7, background: 'none', foundLate: false } as const;
const reached = (...events: SessionEvent[]) => events.reduce(nextState, COLD);
const warm = reached({ type: 'starting' }, started);
const states = {
  cold: COLD,
  starting: reached({ type: 'starting' }),
  idle: warm,
  turn: nextState(warm, { type: 'job-begun', turn }),
  'background task': nextState(warm, { type: 'background', background: 'task' }),
  'late turn': nextState(warm, { type: 'background', background: 'turn' }),
  stopping: nextState(warm, { type: 'stopping' }),
} as const satisfies Record<string, SessionState>;

describe('what Claude is at', () => {
  it.each(Object.entries(states))('is called %s', (phase, state) => {
    expect(phaseOf(state)).toBe(phase);
  });

  it.each([
    ['cold', { type: 'starting' }, 'starting'],
    ['starting', { type: 'not-started' }, 'cold'],
    ['starting', started, 'idle'],
    ['starting', { ...started, background: 'turn' }, 'late turn'],
    ['idle', { type: 'job-begun', turn }, 'turn'],
    ['idle', { type: 'job-begun', turn: undefined }, 'idle'],
    ['turn', { type: 'job-over' }, 'idle'],
    ['idle', { type: 'background', background: 'task' }, 'background task'],
    ['turn', { type: 'background', background: 'task' }, 'turn'],
    ['background task', { type: 'job-begun', turn }, 'turn'],
    ['background task', { type: 'background', background: 'turn' }, 'late turn'],
    ['background task', { type: 'background', background: 'none' }, 'idle'],
    ['late turn', { type: 'background', background: 'task' }, 'background task'],
    ['late turn', { type: 'background', background: 'none' }, 'idle'],
    ['late turn', { type: 'stopping' }, 'stopping'],
    ['stopping', { type: 'stopped' }, 'cold'],
    ['stopping', { type: 'starting' }, 'starting'],
  ] as const satisfies readonly [keyof typeof states, SessionEvent, string][])('%s, %o: %s', (from, event, to) => {
    expect(phaseOf(nextState(states[from], event))).toBe(to);
  });

  it.each([
    ['cold', started],
    ['cold', { type: 'background', background: 'task' }],
    ['cold', { type: 'stopped' }],
    ['cold', { type: 'unused' }],
    ['starting', { type: 'background', background: 'task' }],
    ['starting', { type: 'read', background: 'task' }],
    ['idle', { type: 'starting' }],
    ['idle', { type: 'read', background: 'task' }],
    ['stopping', { type: 'background', background: 'task' }],
    ['stopping', started],
    ['idle', { type: 'ended' }],
  ] as const satisfies readonly [keyof typeof states, SessionEvent][])('%s is not changed by %o', (from, event) => {
    expect(nextState(states[from], event)).toEqual(states[from]);
  });

  it('goes on as a background task when the turn beside it is over', () => {
    const beside = nextState(states['background task'], { type: 'job-begun', turn });
    expect(phaseOf(nextState(beside, { type: 'job-over' }))).toBe('background task');
  });
});

describe('what a process was cut off from', () => {
  const cutOff = reached(
    { type: 'starting' },
    { ...started, background: 'task' },
    { type: 'stopping' },
    { type: 'stopped' },
  );

  it('is left until it is settled, also over a start', () => {
    expect(cutOff.left).toBe('task');
    const again = [{ type: 'starting' }, started].reduce<SessionState>(
      (state, event) => nextState(state, event as SessionEvent),
      cutOff,
    );
    expect(again.left).toBe('task');
    expect(nextState(again, { type: 'settled' }).left).toBe('none');
  });

  it('is what an earlier one was cut off from, if it was at nothing itself', () => {
    const idle = reached({ type: 'read', background: 'turn' }, { type: 'starting' }, started, { type: 'stopping' });
    expect(idle.left).toBe('turn');
  });
});

describe('the metadata', () => {
  it.each([
    ['cold', 'suspended', null],
    ['starting', 'suspended', null],
    ['idle', 'active', 7],
    ['turn', 'active', 7],
    ['stopping', 'active', 7],
  ] as const)('%s say %s', (phase, status, pid) => {
    expect(metadataOf(states[phase])).toEqual({ status, pid, background: 'none' });
  });

  it('say what Claude is at besides its messages, else what is left of the last process', () => {
    expect(metadataOf(states['late turn']).background).toBe('turn');
    const idle = reached({ type: 'read', background: 'task' }, { type: 'starting' }, started);
    expect(metadataOf(idle).background).toBe('task');
    expect(metadataOf(nextState(idle, { type: 'settled' })).background).toBe('none');
  });
});

describe('a session', () => {
  it('is kept while its Claude is warm and used, and never while it is cold', () => {
    expect(Object.entries(states).flatMap(([phase, state]) => (isKept(state) ? [phase] : []))).toEqual([
      'idle',
      'turn',
      'background task',
      'late turn',
    ]);
    const unused = nextState(warm, { type: 'unused' });
    expect(isKept(unused)).toBe(false);
    expect(isKept(nextState(unused, { type: 'job-begun', turn: undefined }))).toBe(true);
  });

  it('is not unused while Claude is at something', () => {
    for (const phase of ['turn', 'background task', 'late turn'] as const)
      expect(isKept(nextState(states[phase], { type: 'unused' }))).toBe(true);
  });

  it('needs a holder while Claude is at something that no queue knows of', () => {
    expect(Object.entries(states).flatMap(([phase, state]) => (needsHolder(state) ? [phase] : []))).toEqual([
      'background task',
      'late turn',
    ]);
  });
});
