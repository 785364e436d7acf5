import { expect, it } from 'vitest';
import { changesOfHands } from './changes-of-hands.ts';
import { countFigures } from './figures.ts';
import type { Happening, HistoryEvent } from './history.ts';

const at = (ms: number, happening: Happening): HistoryEvent => ({ at: ms, ...happening });
const lease = (ms: number, owner: string | undefined, open: number) =>
  at(ms, { type: 'lease', session: 'p1', owner, open });
const fault = (ms: number, name: string, held: { busy?: string[]; idle?: string[] }) =>
  at(ms, { type: 'fault', name, victim: 'worker-1', owner: 'a', ...held });
const redis = (ms: number, type: 'fault' | 'healed') => at(ms, { type, name: 'redis-kill', victim: 'redis' });

it('a take-over lasts until another has the session', () => {
  const events = [fault(1_000, 'worker-kill', { busy: ['p1'] }), lease(6_000, undefined, 2), lease(6_500, 'b', 2)];
  expect(changesOfHands(events)).toEqual([{ kind: 'take-over', session: 'p1', sinceFaultMs: 5_500, disturbed: false }]);
});

it('a hand-over lasts until another has the session, and is counted from the release too', () => {
  const events = [fault(1_000, 'worker-stop', { busy: ['p1'] }), lease(3_000, undefined, 1), lease(3_100, 'b', 1)];
  expect(changesOfHands(events)).toEqual([
    { kind: 'hand-over', session: 'p1', sinceFaultMs: 2_100, sinceReleaseMs: 100, disturbed: false },
  ]);
});

it('a session whose work was done before it was let go was handed over to nobody', () => {
  const events = [fault(1_000, 'worker-stop', { busy: ['p1'] }), lease(3_000, undefined, 0), lease(60_000, 'b', 1)];
  expect(changesOfHands(events)).toEqual([]);
});

it('an idle session is let go by a worker that stops, and only lost by one that is killed', () => {
  const [stopped, killed] = ['worker-stop', 'worker-kill'].map((name) => fault(1_000, name, { idle: ['p1'] }));
  const end = lease(1_400, undefined, 0);
  expect(stopped && changesOfHands([stopped, end])).toMatchObject([{ kind: 'letting-go', sinceFaultMs: 400 }]);
  expect(killed && changesOfHands([killed, end])).toEqual([]);
});

it('a change while Redis was away, or just back, is told apart', () => {
  const kill = fault(5_000, 'worker-kill', { busy: ['p1'] });
  const grant = lease(11_000, 'b', 1);
  expect(changesOfHands([kill, redis(9_000, 'fault'), redis(9_500, 'healed'), grant])).toMatchObject([
    { disturbed: true },
  ]);
  expect(changesOfHands([redis(1_000, 'fault'), redis(2_500, 'healed'), kill, grant])).toMatchObject([
    { disturbed: true },
  ]);
  expect(changesOfHands([redis(1_000, 'fault'), redis(1_500, 'healed'), kill, grant])).toMatchObject([
    { disturbed: false },
  ]);
});

it('resends, tools that ran again and notices are counted and are no broken promises', () => {
  const said = (number: number) =>
    at(0, {
      type: 'said',
      id: `p1-${number}`,
      session: 'p1',
      number,
      kind: 'tool',
      place: '1',
      messageId: number,
      updateId: number,
    });
  const shown = (ms: number, text: string, replyTo?: number) =>
    at(ms, { type: 'shown', place: '1', messageId: 9, text, replyTo });
  const effect = (ms: number, id: string) => at(ms, { type: 'effect', id });
  const events = [
    said(1),
    said(2),
    said(3),
    effect(10, 'p1-1'),
    effect(20, 'p1-1'),
    effect(30, 'p1-2'),
    shown(100, 'Answer p1-1.'),
    shown(200, '(resent after restart)\nAnswer p1-1.'),
    shown(300, '(resent after restart)\nAnswer p1-2.'),
    shown(400, '⚠️ It is set aside.', 3),
  ];
  expect(countFigures(events, [])).toMatchObject({
    messages: { tool: 3 },
    tools: 2,
    toolsTwice: 1,
    replies: 3,
    resent: 2,
    resentThoughShown: 1,
    setAside: 1,
    failedOtherwise: 0,
    answers: { count: 2, median: 200, max: 300 },
  });
});
