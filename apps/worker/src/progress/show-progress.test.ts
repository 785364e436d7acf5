import type { TurnEvent } from '@signalbox/claude';
import { type LiveFrame, liveFrameSchema } from '@signalbox/contracts';
import { createBeginningRedactor } from '@signalbox/service';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Progress, showProgress } from './show-progress.ts';
import { TodoList } from './todo-list.ts';

const SECRET = 'sentinel-secret';

let frames: LiveFrame[];
let progress: Progress;
let isOurs: boolean;
beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  isOurs = true;
  progress = showProgress(
    { place: { chatId: 7 }, session: 'web', jobId: 'u-1-1', todos: new TodoList() },
    {
      publish: (frame) => frames.push(frame),
      isOurs: () => isOurs,
      redactBeginning: createBeginningRedactor([SECRET]),
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
});

const started = (id: string, name: string, input: Record<string, unknown> = { command: name }): TurnEvent => ({
  type: 'tool-started',
  id,
  name,
  input,
  textsBefore: 0,
});
const ended = (id: string, content = ''): TurnEvent => ({ type: 'tool-ended', id, isError: false, content });
const write = (...texts: string[]) => {
  progress.take({ type: 'text-block-started' });
  for (const text of texts) progress.take({ type: 'text-delta', text });
};
const isAsked = (id: string): TurnEvent => ({ type: 'request-opened', id });
const isAnswered = (id: string): TurnEvent => ({ type: 'request-closed', id });
const retrying: TurnEvent = { type: 'retrying', attempt: 1, maxAttempts: 2, delayMs: 1, status: 500 };
const said = (text: string): TurnEvent => ({ type: 'said', rowUuid: 'r', text, toolsBefore: 0 });
const tools = () => frames.map(({ state, tool }) => (state === 'ended' ? 'ended' : (tool?.name ?? 'none')));
const texts = () => frames.map(({ text }) => text);

describe('a turn', () => {
  it('shows at once that it runs, and soon each tool', () => {
    progress.take(started('1', 'Read'));
    vi.advanceTimersByTime(250);
    progress.take(started('2', 'Bash'));
    vi.advanceTimersByTime(250);
    progress.end();
    expect(tools()).toEqual(['none', 'Read', 'Bash', 'ended']);
    for (const frame of frames) expect(liveFrameSchema.parse(JSON.parse(JSON.stringify(frame)))).toEqual(frame);
  });

  it('that goes on says so again and again, with the tool that still runs and how long it has run', () => {
    progress.take(started('1', 'Bash'));
    vi.advanceTimersByTime(250 + 3_500 + 3_500);
    expect(tools()).toEqual(['none', 'Bash', 'Bash', 'Bash']);
    expect(frames.map(({ runningMs }) => runningMs)).toEqual([0, 250, 3_500, 7_000]);
  });

  it('shows a tool that is quick for a moment, although it is done', () => {
    progress.take(started('1', 'Read'));
    progress.take(ended('1'));
    vi.advanceTimersByTime(3_500);
    expect(tools()).toEqual(['none', 'Read', 'none']);
    progress.take(started('2', 'Edit'));
    progress.take(ended('2'));
    progress.take({ ...said('Done.'), toolsBefore: 2 } as TurnEvent);
    expect(tools().at(-1)).toBe('none');
  });

  it('that has ended says nothing more', () => {
    write('on its way');
    progress.end();
    vi.advanceTimersByTime(60_000);
    expect(tools()).toEqual(['none', 'ended']);
  });

  it('of a session that is another’s by now says nothing, not even that it ends', () => {
    isOurs = false;
    write('late');
    vi.advanceTimersByTime(10_000);
    progress.end();
    expect(tools()).toEqual(['none']);
  });
});

describe('a turn that is held up', () => {
  const holdUps = () => frames.map(({ heldUpBy = 'nothing' }) => heldUpBy);
  const takes = (...events: TurnEvent[]) => {
    for (const event of events) progress.take(event);
    vi.advanceTimersByTime(250);
  };

  it('by what it asks says so until everything has an answer', () => {
    takes(started('1', 'Bash'), isAsked('1'));
    takes(isAsked('2'), isAnswered('1'), said('beside'));
    takes(isAnswered('2'));
    expect(holdUps()).toEqual(['nothing', 'answer', 'answer', 'nothing']);
    for (const frame of frames) expect(liveFrameSchema.parse(JSON.parse(JSON.stringify(frame)))).toEqual(frame);
  });

  it('by a model that gives no answer, or by a compaction, says so until Claude goes on', () => {
    takes(retrying);
    takes({ type: 'rate-limit', status: 'allowed' });
    takes({ type: 'text-block-started' });
    takes({ type: 'compacting' });
    takes({ type: 'thinking' });
    expect(holdUps()).toEqual(['nothing', 'retry', 'nothing', 'compaction', 'nothing']);
  });
});

describe('what Claude writes', () => {
  it('is told four times a second, the latest wins', () => {
    for (let ms = 0; ms < 1_000; ms += 10) {
      progress.take({ type: 'text-delta', text: 'x' });
      vi.advanceTimersByTime(10);
    }
    expect(texts().map((text) => text?.length)).toEqual([undefined, 25, 50, 75, 100]);
  });

  it('is told no more, at once, when it was said', () => {
    write('The fi', 'rst.');
    write('The sec');
    vi.advanceTimersByTime(250);
    progress.take(said('The first.'));
    progress.take(said('what is not there'));
    progress.take(said('The sec'));
    expect(texts()).toEqual([undefined, 'The first.\n\nThe sec', 'The sec', 'The sec', undefined]);
  });

  it('is left out when its answer is asked for again, or was passed over with the tool behind it', () => {
    write('Once');
    progress.take(retrying);
    write('Again');
    vi.advanceTimersByTime(250);
    progress.take(started('1', 'Read'));
    progress.take(ended('1'));
    vi.advanceTimersByTime(250);
    expect(texts()).toEqual([undefined, 'Again', undefined]);
  });

  it('is its end alone when it is long', () => {
    write('word '.repeat(2_000));
    vi.advanceTimersByTime(250);
    expect(texts().at(-1)).toMatch(/^…\n\nword /);
    expect(texts().at(-1)?.length).toBeLessThanOrEqual(3_000);
  });

  it('holds no part of a secret, wherever its writing or its cut is', () => {
    for (const char of `The key is ${SECRET}, ${'x'.repeat(3_000)}`) {
      progress.take({ type: 'text-delta', text: char });
      vi.advanceTimersByTime(250);
    }
    progress.take(started('1', 'Bash', { command: `${'x'.repeat(190)}${SECRET}` }));
    vi.advanceTimersByTime(250);
    expect(JSON.stringify(frames)).not.toMatch(/sent|secret/);
    expect(JSON.stringify(frames)).toContain('The key is [redacted], x');
  });
});

describe('the list of things to do', () => {
  it('is told as Claude keeps it, with one tool or with the other', () => {
    progress.take(
      started('1', 'TodoWrite', {
        todos: [
          { content: 'Look', status: 'completed' },
          { content: 'Mend', status: 'in_progress', activeForm: 'Mending' },
        ],
      }),
    );
    progress.take(ended('1'));
    vi.advanceTimersByTime(250);
    expect(frames.at(-1)?.todos).toEqual([
      { text: 'Look', state: 'done' },
      { text: 'Mending', state: 'running' },
    ]);
    progress.take(started('2', 'TaskCreate', { subject: 'Test', description: 'all' }));
    progress.take(ended('2', 'Task #7 created successfully: Test'));
    progress.take(started('3', 'TaskUpdate', { taskId: '7', status: 'in_progress', activeForm: 'Testing' }));
    progress.take(ended('3', 'Updated task #7 status'));
    vi.advanceTimersByTime(250);
    expect(frames.at(-1)?.todos?.at(-1)).toEqual({ text: 'Testing', state: 'running' });
  });

  it('is not changed by a tool that failed, or by what makes no sense', () => {
    for (const input of [{ todos: 'x' }, { todos: [null, 3, { status: 'x' }] }, {}]) {
      progress.take(started('1', 'TodoWrite', input));
      progress.take(ended('1'));
    }
    progress.take(started('2', 'TaskCreate', { subject: 'Never' }));
    progress.take({ type: 'tool-ended', id: '2', isError: true, content: 'Task #1 refused' });
    vi.advanceTimersByTime(250);
    expect(frames.at(-1)?.todos).toBeUndefined();
  });

  it('stays from turn to turn until all of it is done', () => {
    const todos = new TodoList();
    const update = (status: string) => {
      todos.take(started('1', 'TaskUpdate', { taskId: 1, status }));
      todos.take(ended('1'));
    };
    todos.take(started('0', 'TaskCreate', { subject: 'Build' }));
    todos.take(ended('0', 'Task #1 created successfully: Build'));
    update('in_progress');
    todos.begin();
    expect(todos.todos).toEqual([{ text: 'Build', state: 'running' }]);
    update('completed');
    todos.begin();
    expect(todos.todos).toEqual([]);
  });
});
