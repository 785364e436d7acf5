import type { Place, SessionCard } from '@signalbox/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTestLog } from '../../testing/bot-world.ts';
import type { Press } from '../asking/press.ts';
import { words } from '../wording/words.ts';
import { createStopButtons, draftIdOf } from './stop-button.ts';
import { createStopDraft, type StopDependencies, withStopButton } from './stop-turn.ts';

const place: Place = { chatId: 7, threadId: 3 };
const stopButtons = createStopButtons('a secret');
const card: SessionCard = { name: 'web', pool: 'attic', persona: 'default', claimedBy: 'u-1-0', createdAt: 1 };

let done: unknown[];
let running: { session: string; turn: string } | undefined;
beforeEach(() => {
  done = [];
  running = { session: 'web', turn: 'u-1-1' };
});

const calls = (): StopDependencies => ({
  runningIn: (at) => (at.threadId === place.threadId ? running : undefined),
  session: async (name) => (name === 'web' ? card : undefined),
  activeSession: async () => 'web',
  stop: async (queue, stop) => void done.push([queue.name, queue.group, stop]),
  answerButton: async (_queryId, text) => void done.push(text),
  turnOf: stopButtons.turnOf,
  log: createTestLog().log,
});
const type = async (text: string) => void done.push(`typed ${text}`);
const stopped = ['session-web', 'session.attic', { id: 'u-1-9', jobId: 'u-1-1', by: 'Ann' }];

describe('a stop at a draft', () => {
  const stop = (draftId: number, at = place) =>
    createStopDraft(calls())({ place: at, draftId, userId: 7, userName: 'Ann' }, 'u-1-9', type);

  it('stops the turn that the draft shows', async () => {
    await stop(draftIdOf('u-1-1'));
    expect(done).toEqual([stopped]);
  });

  it('that is over stops no other', async () => {
    await stop(draftIdOf('u-1-0'));
    expect(done).toEqual([]);
  });

  it('that an earlier bot has shown stops what runs there', async () => {
    await stop(draftIdOf('u-1-1'), { chatId: 7 });
    expect(done).toEqual(['typed /stop']);
  });
});

describe('a Stop button', () => {
  const press = async (data: string | undefined, chatId = 7) => {
    const pressed: Press = {
      ...{ queryId: 'q', data, place: { ...place, chatId }, messageId: 5 },
      ...{ userId: 7, userName: 'Ann' },
    };
    await withStopButton(async () => void done.push('passed on'), calls())(pressed, 'u-1-9', type);
  };
  const data = stopButtons.dataFor(7, 'u-1-1') ?? '';

  it('stops its turn and says so', async () => {
    await press(data);
    expect(done).toEqual([stopped, words.stopping]);
  });

  it('stops its turn also when this bot has heard of none', async () => {
    running = undefined;
    await press(data);
    expect(done).toEqual([stopped, words.stopping]);
  });

  it('of a turn that is over stops no other', async () => {
    running = { session: 'web', turn: 'u-1-2' };
    await press(data);
    expect(done).toEqual([words.buttonIsOld]);
  });

  it.each([
    ['of another chat', data, 8],
    ['that somebody made up', `s:${'x'.repeat(16)}:u-1-1`, 7],
    ['of another bot', createStopButtons('another').dataFor(7, 'u-1-1'), 7],
    ['of another kind', 'q:abc:0', 7],
    ['without data', undefined, 7],
  ])('%s is none', async (_what, given, chatId) => {
    await press(given, chatId);
    expect(done).toEqual(['passed on']);
  });

  it('has no data if its turn has too long a name', () => {
    expect(stopButtons.dataFor(7, 'x'.repeat(46))).toBeUndefined();
    expect(Buffer.byteLength(stopButtons.dataFor(7, 'x'.repeat(45)) ?? '')).toBe(64);
  });
});

it('draft ids are never 0 and differ from turn to turn', () => {
  const ids = new Set(Array.from({ length: 1_000 }, (_, turn) => draftIdOf(`u-1-${turn}`)));
  expect(ids.size).toBe(1_000);
  for (const id of ids) expect(id).toBeGreaterThan(0);
});
