import { expect, test } from 'vitest';
import { linesOf, readRecording, replay, saidIn } from '../../testing/recording.ts';
import type { Line } from '../stream/line.ts';
import { LateReader, TurnReader } from './read-turn.ts';

const UUID = '74d6bbe3-cbc7-43fe-8090-710d10be3f55';

function line(kind: Line['kind'], fields: object): Line {
  return { kind, ...fields } as Line;
}
const lifecycle = (state: string, command_uuid = UUID) => line('command_lifecycle', { command_uuid, state });

test('a recorded turn: what is said comes when its row is written, before the result', () => {
  const reader = new TurnReader(UUID, { rerunning: false });
  const seen = linesOf(readRecording('10-session-mirror')).flatMap((l) => {
    const owned = reader.owns(l);
    if (!owned && l.kind !== 'transcript_mirror') return [];
    const { events, ending } = reader.read(l);
    return [...events.map((e) => `${l.kind}: ${e.type}`), ...(ending ? [`${l.kind}: ended by ${ending.how}`] : [])];
  });
  expect(seen).toEqual(['transcript_mirror: said', 'result: ended by result']);
});

test('a recorded turn with thinking, text and three tools', async () => {
  const { turns } = await replay('16-think-say-parallel');
  const events = (turns[0]?.events ?? []).filter(({ type }) => type !== 'text-delta');
  expect(events.map((event) => ('name' in event ? `${event.type} ${event.name}` : event.type))).toEqual([
    'thinking',
    'text-block-started',
    'tool-started Bash',
    'tool-started Bash',
    'tool-ended',
    'tool-ended',
    'thinking',
    'tool-started Read',
    'tool-ended',
    'thinking',
    'text-block-started',
    'said',
    'said',
  ]);
});

test('streamed text adds up to what is said', async () => {
  const { turns } = await replay('02-warm-partials-replay');
  const [first] = turns;
  const deltas = first?.events.flatMap((e) => (e.type === 'text-delta' ? [e.text] : []));
  expect(deltas?.join('')).toBe('w1 w2 w3 w4 w5 w6');
  expect(saidIn(first?.events ?? [])).toEqual(['w1 w2 w3 w4 w5 w6']);
});

test("a background task's turn is told as late, and its result does not end the message's turn", async () => {
  const { turns, late } = await replay('15-background-task');
  expect(saidIn(turns[0]?.events ?? [])).toEqual(['bg started']);
  expect(turns[0]?.outcome).toMatchObject({ status: 'answered', text: 'bg started' });
  expect(saidIn(late)).toEqual(['bg started']);
});

test('a message the CLI knows already and is not at ends as known', () => {
  const reader = new TurnReader(UUID, { rerunning: false });
  expect(reader.owns(lifecycle('completed'))).toBe(true);
  expect(reader.read(lifecycle('completed')).ending).toEqual({ how: 'known' });
});

test('while the CLI continues a message, `completed` is only the receipt of the one sent again', () => {
  const reader = new TurnReader(UUID, { rerunning: true });
  expect(reader.read(lifecycle('completed')).ending).toBeUndefined();
});

test('a message that was cancelled before it began ends as cancelled', () => {
  const reader = new TurnReader(UUID, { rerunning: false });
  reader.read(lifecycle('queued'));
  expect(reader.read(lifecycle('cancelled')).ending).toEqual({ how: 'cancelled' });
});

test("another message's lifecycle and result are not this message's", () => {
  const reader = new TurnReader(UUID, { rerunning: false });
  reader.read(lifecycle('queued'));
  expect(reader.owns(lifecycle('completed', 'another'))).toBe(false);
  expect(reader.owns(line('system/init', { user_message_uuids: ['another'] }))).toBe(false);
  expect(reader.owns(line('result', { subtype: 'success', user_message_uuids: ['another'] }))).toBe(false);
  expect(reader.owns(line('system/init', { user_message_uuids: [UUID] }))).toBe(true);
});

test('a turn whose result was too long to read ends when the CLI is idle again', () => {
  const reader = new TurnReader(UUID, { rerunning: false });
  const idle = line('system/session_state_changed', { state: 'idle' });
  reader.read(lifecycle('queued'));
  reader.owns(lifecycle('started'));
  expect(reader.read(idle).ending).toBeUndefined();
  reader.lostLine();
  expect(reader.read(lifecycle('completed')).ending).toBeUndefined();
  expect(reader.owns(idle)).toBe(true);
  expect(reader.read(idle).ending).toEqual({ how: 'unreadable' });
});

test('a late turn says its text when its row is written, and at its result at the latest', () => {
  const late = new LateReader();
  const spoken = (uuid: string) =>
    line('assistant', { uuid, message: { model: 'm', content: [{ type: 'text', text: uuid }] } });
  expect(saidIn(late.read(spoken('a')))).toEqual([]);
  expect(saidIn(late.read(line('transcript_mirror', { entries: [{ uuid: 'a' }] })))).toEqual(['a']);
  late.read(spoken('b'));
  expect(saidIn(late.read(line('result', { subtype: 'success' })))).toEqual(['b']);
});
