import type { TurnEvent } from '@signalbox/claude';
import { type LiveFrame, liveFrameSchema } from '@signalbox/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Progress, showProgress } from './show-progress.ts';

let frames: LiveFrame[];
let progress: Progress;
beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  progress = showProgress({ place: { chatId: 7 }, session: 'web', jobId: 'u-1-1' }, (frame) => frames.push(frame));
});
afterEach(() => {
  vi.useRealTimers();
});

const started = (id: string, name: string): TurnEvent => ({ type: 'tool-started', id, name, input: { command: name } });
const ended = (id: string): TurnEvent => ({ type: 'tool-ended', id, isError: false, content: '' });
const tools = () => frames.map(({ state, tool }) => (state === 'ended' ? 'ended' : (tool?.name ?? 'none')));

it('a turn shows at once that it runs, and each tool as it starts', () => {
  progress.note(started('1', 'Read'));
  progress.note(started('2', 'Bash'));
  progress.end();
  expect(tools()).toEqual(['none', 'Read', 'Bash', 'ended']);
  for (const frame of frames) expect(liveFrameSchema.parse(JSON.parse(JSON.stringify(frame)))).toEqual(frame);
});

it('a turn that goes on says so again and again, with the tool that still runs', () => {
  progress.note(started('1', 'Bash'));
  progress.note(started('2', 'Read'));
  progress.note(ended('2'));
  vi.advanceTimersByTime(7_000);
  progress.note(ended('1'));
  vi.advanceTimersByTime(3_500);
  expect(tools()).toEqual(['none', 'Bash', 'Read', 'Bash', 'Bash', 'none']);
});

it('a turn that has ended says nothing more', () => {
  progress.end();
  vi.advanceTimersByTime(60_000);
  expect(tools()).toEqual(['none', 'ended']);
});

it('what is said and thought is no frame', () => {
  for (const event of [{ type: 'thinking' }, { type: 'text-delta', text: 'x' }] as TurnEvent[]) progress.note(event);
  progress.note(ended('never started'));
  expect(tools()).toEqual(['none']);
});
