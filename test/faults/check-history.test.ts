import { describe, expect, it } from 'vitest';
import { checkHistory } from './check-history.ts';
import { describeViolation } from './describe-violation.ts';
import type { Happening, HistoryEvent, MessageKind, Shown } from './history.ts';

const MARK = '(resent after restart)\n';
const PLACE = '2001';

/** What happened, one second after the other. */
const history = (...happenings: (Happening | Happening[])[]): HistoryEvent[] =>
  happenings.flat().map((each, i) => ({ at: 1_000 * (i + 1), ...each }));

/** The `number`th message of p1, said and accepted. */
function said(number: number, kind: MessageKind = 'plain'): Happening[] {
  const id = `p1-${number}`;
  const ids = { messageId: 100 + number, updateId: 500 + number };
  return [
    { type: 'said', id, session: 'p1', number, kind, place: PLACE, ...ids },
    { type: 'accepted', id },
  ];
}

const asked = (...ids: string[]): Happening => ({
  type: 'asked',
  kind: 'turn',
  ids,
  claudeSession: 'c1',
  retry: 0,
  resumed: false,
});
const shown = (text: string, more: Partial<Shown> = {}): Happening => ({
  type: 'shown',
  place: PLACE,
  messageId: 900,
  text,
  ...more,
});
const census = (...pids: number[]): Happening => ({ type: 'census', claudes: { p1: pids }, samples: 1 });

/** Two messages as they should be. */
const good = [
  ...said(0, 'new'),
  shown("Session 'p1' created."),
  census(11),
  ...said(1, 'tool'),
  ...said(2),
  asked('p1-1'),
  shown('Note p1-1.'),
  asked('p1-1'),
  shown('Answer p1-1.'),
  asked('p1-1', 'p1-2'),
  shown('Answer p1-2.'),
];

const found = (...happenings: (Happening | Happening[])[]) =>
  checkHistory(history(...happenings)).map(({ kind, id }) => (id === undefined ? kind : `${kind}: ${id}`));

describe('a history without a fault', () => {
  it('breaks no promise', () => {
    expect(found(good)).toEqual([]);
  });

  it('may show an answer again that says so, before the first or after it', () => {
    expect(found(good, shown(`${MARK}Answer p1-2.`), shown(`${MARK}Answer p1-1.`))).toEqual([]);
    expect(found(said(1), asked('p1-1'), shown(`${MARK}Answer p1-1.`))).toEqual([]);
  });

  it('may end a message in a visible notice of failure', () => {
    expect(found(said(1), shown('⚠️ It is set aside.', { replyTo: 101 }), said(2), shown('Answer p1-2.'))).toEqual([]);
  });

  it('may ask the model again about the message at which it was broken off, and run its tool again', () => {
    const effect: Happening = { type: 'effect', id: 'p1-1' };
    expect(found(said(1), asked('p1-1'), effect, asked('p1-1'), effect, shown('Answer p1-1.'))).toEqual([]);
  });

  it('may have one Claude after the other', () => {
    expect(found(census(11), census(), census(12))).toEqual([]);
  });
});

describe('a message', () => {
  it('that has neither an answer nor a notice is lost', () => {
    expect(found(said(1), asked('p1-1'), shown('Note p1-1.'))).toEqual(['lost: p1-1']);
  });

  it('that a question shows as its answer is not lost', () => {
    const text = '❓ Which colour?\n\n→ #p1-1 [[say Answer p1-1.]] (Person 1)';
    const edited: Happening = { type: 'edited', place: PLACE, messageId: 900, text };
    expect(found(said(1), edited)).toEqual([]);
  });

  it('that was never taken from Telegram is lost', () => {
    expect(found(said(1).slice(0, 1))).toEqual(['lost: p1-1']);
  });

  it('is not saved by the notice about another, nor by a word that it waits', () => {
    const notices = [shown('⚠️ failed', { replyTo: 102 }), shown('⏳ Waits', { replyTo: 101 })];
    expect(found(said(1), said(2), notices)).toEqual(['lost: p1-1']);
  });

  it('whose answer was shown twice without the mark is doubled', () => {
    expect(found(good, shown('Answer p1-2.'))).toEqual(['doubled: p1-2']);
    expect(found(good, shown(`${MARK}Answer p1-2.`), shown('Answer p1-2.'))).toEqual(['doubled: p1-2']);
  });

  it('whose note was shown twice without the mark is doubled', () => {
    expect(found(said(1), shown('Note p1-1.'), shown('Note p1-1.'), shown('Answer p1-1.'))).toEqual(['doubled: p1-1']);
  });

  it('whose session was said to be made twice is doubled', () => {
    expect(found(said(0, 'new'), shown("Session 'p1' created."), shown("Session 'p1' created."))).toEqual([
      'doubled: p1-0',
    ]);
  });

  it('that was answered before the one before it is reordered', () => {
    expect(found(said(1), said(2), shown('Answer p1-2.'), shown('Answer p1-1.'))).toEqual(['reordered: p1-1']);
  });

  it('whose answer came before its note is reordered', () => {
    expect(found(said(1), shown('Answer p1-1.'), shown('Note p1-1.'))).toEqual(['reordered: p1-1']);
  });

  it('that was answered in another place is misdirected', () => {
    expect(found(said(1), shown('Answer p1-1.', { place: '2002' }))).toEqual(['misdirected: p1-1']);
  });
});

describe('a conversation at the model', () => {
  const both = [...said(1), ...said(2)];
  const answered = [shown('Answer p1-1.'), shown('Answer p1-2.')];

  it('that holds a message twice is a turn twice, told once', () => {
    const requests = [asked('p1-1'), asked('p1-1', 'p1-1', 'p1-2'), asked('p1-1', 'p1-1', 'p1-2')];
    expect(found(both, requests, answered)).toEqual(['turn twice: p1-1']);
  });

  it('that holds messages in another order than they were said is reordered', () => {
    expect(found(both, asked('p1-2', 'p1-1'), answered)).toEqual(['reordered: p1-1']);
  });

  it('that goes back to a message after the next one is reordered', () => {
    expect(found(both, asked('p1-1'), asked('p1-1', 'p1-2'), asked('p1-1'), answered)).toEqual(['reordered: p1-1']);
  });

  it('that lacks a message which was answered has forgotten it', () => {
    expect(found(both, asked('p1-1'), shown('Answer p1-1.'), asked('p1-2'), shown('Answer p1-2.'))).toEqual([
      'forgotten: p1-1',
    ]);
  });

  it('that holds a message of another session is misdirected', () => {
    expect(found(said(1), asked('p2-1', 'p1-1'), shown('Answer p1-1.'))).toEqual(['misdirected: p2-1']);
  });
});

describe('processes', () => {
  it('of which two are Claudes of one session break a promise', () => {
    expect(found(census(11, 12))).toEqual(['two Claudes']);
  });

  it('that died by themselves break a promise', () => {
    expect(found({ type: 'died', victim: 'bot-1', how: 'ended with code 1' })).toEqual(['died']);
  });

  it('that are left behind break a promise', () => {
    expect(found({ type: 'left', what: 'process 11: claude' })).toEqual(['left behind']);
  });
});

it('a broken promise is told with the history of its message and the faults around it, in order', () => {
  const fault: Happening = { type: 'fault', name: 'bot-kill', victim: 'bot-1' };
  const events = history(said(1), said(2), shown('Answer p1-1.'), fault, shown('Answer p1-1.'), shown('Answer p1-2.'));
  const [violation, ...others] = checkHistory(events);
  expect(others).toEqual([]);
  const lines = violation ? describeViolation(violation, events).split('\n') : [];
  expect(lines[0]).toMatch(/^DOUBLED .*“Answer p1-1\.” was shown again 2000 ms after the first time$/);
  expect(lines.slice(1).map((line) => line.trim().split(/\s+/)[1])).toEqual([
    ...['said', 'accepted', 'shown', 'fault', 'shown'],
  ]);
});
