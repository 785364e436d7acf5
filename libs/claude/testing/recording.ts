import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { ClaudeError } from '../src/errors/claude-error.ts';
import { Dialogue, type DialogueOptions } from '../src/process/dialogue.ts';
import { type Line, parseLine } from '../src/stream/line.ts';
import type { TurnEvent } from '../src/turn/turn-event.ts';
import type { TurnOutcome } from '../src/turn/turn-outcome.ts';

interface Recorded {
  dir: 'in' | 'out' | 'err' | 'exit';
  // biome-ignore lint/suspicious/noExplicitAny: a recording holds whatever was printed
  msg: any;
}

/** A recorded stream of `fixtures/`. */
export function readRecording(name: string): Recorded[] {
  const text = readFileSync(join(import.meta.dirname, '..', 'fixtures', `${name}.jsonl`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}

/** The lines of stdout that are understood. */
export function linesOf(recording: readonly Recorded[]): Line[] {
  return recording.flatMap(({ dir, msg }) => {
    const line = dir === 'out' ? parseLine(JSON.stringify(msg)) : 'unknown';
    return typeof line === 'string' ? [] : [line];
  });
}

export interface Replay {
  turns: { uuid: string; events: TurnEvent[]; outcome?: TurnOutcome; error?: unknown }[];
  late: TurnEvent[];
  warnings: string[];
}

/** Plays a recording to a `Dialogue`: what was written becomes turns, one after the other; what was printed is taken. */
export async function replay(name: string, options: Partial<DialogueOptions> = {}): Promise<Replay> {
  const replayed: Replay = { turns: [], late: [], warnings: [] };
  const dialogue = new Dialogue({
    stdin: new PassThrough().resume(),
    past: undefined,
    continues: false,
    onPermission: async () => ({ behavior: 'deny', message: 'no' }),
    onLate: (event) => void replayed.late.push(event),
    readTranscript: async () => ({ state: 'absent', said: [], tools: [] }),
    onWarning: (warning) => replayed.warnings.push(warning),
    ...options,
  });
  const running: Promise<unknown>[] = [];
  for (const { dir, msg } of readRecording(name)) {
    if (dir === 'in' && msg.type === 'user') {
      running.push(runRecorded(dialogue, msg, replayed));
      // What was held for this turn is dealt with first.
      await setImmediate();
    }
    if (dir === 'out') await takeRecorded(dialogue, msg);
  }
  dialogue.closed(new ClaudeError('exited', 'the recording is over'));
  await Promise.all(running);
  return replayed;
}

async function takeRecorded(dialogue: Dialogue, msg: Recorded['msg']): Promise<void> {
  const line = parseLine(JSON.stringify(msg));
  const state = msg.response?.response?.session_state;
  if (state !== undefined) dialogue.continues(state);
  if (typeof line === 'string') return;
  // The answer to `initialize` may hold up the reading until the first turn, as it should.
  const taken = dialogue.take(line);
  if (line.kind !== 'control_response') await taken;
}

async function runRecorded(dialogue: Dialogue, msg: Recorded['msg'], replayed: Replay): Promise<void> {
  const turn: Replay['turns'][number] = { uuid: msg.uuid, events: [] };
  replayed.turns.push(turn);
  try {
    turn.outcome = await dialogue.runTurn(
      { uuid: msg.uuid, content: msg.message.content },
      { onEvent: (event) => void turn.events.push(event) },
    );
  } catch (error) {
    turn.error = error;
  }
}

/** The texts that were said, in order. */
export function saidIn(events: readonly TurnEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'said' ? [event.text] : []));
}
