import type { LiveFrame } from '@signalbox/contracts';
import { createRedactor } from '@signalbox/service';
import { expect, it } from 'vitest';
import { redactReplies } from './redact-replies.ts';

it('takes secrets out of replies and live frames, also in the form that JSON gives them', async () => {
  const sent: unknown[] = [];
  const queues = redactReplies(
    { addJob: async (_queue, entry) => void sent.push(entry), publishLive: (frame) => void sent.push(frame) },
    createRedactor(['se"cret-key']),
  );
  await queues.addJob(
    { name: 'reply-1', group: 'reply' },
    { id: 'r-1', name: 'text', data: { text: 'KEY=se"cret-key' } },
  );
  const tool = { name: 'Bash', input: { command: 'echo se"cret-key' } };
  queues.publishLive({ place: { chatId: 1 }, session: 's', turn: 't', state: 'working', tool } satisfies LiveFrame);
  expect(sent).toMatchObject([
    { id: 'r-1', data: { text: 'KEY=[redacted]' } },
    { tool: { input: { command: 'echo [redacted]' } } },
  ]);
});

it('leaves what is no text as it is, although a secret stands in it by chance', async () => {
  const sent: unknown[] = [];
  const queues = redactReplies(
    { addJob: async (_queue, entry) => void sent.push(entry.data), publishLive: (frame) => void sent.push(frame) },
    createRedactor(['12345', 'markdown', 'working', 'home-lab']),
  );
  const reply = { version: 1, kind: 'markdown', place: { chatId: 7_123_456 }, session: 'home-lab' };
  const frame = { place: { chatId: -123_456 }, session: 'home-lab', turn: 'u-12345-1', state: 'working' } as const;
  await queues.addJob(
    { name: 'reply-1', group: 'reply' },
    { id: 'r', name: 'x', data: { ...reply, text: 'is 12345' } },
  );
  queues.publishLive(frame);
  expect(sent).toEqual([{ ...reply, text: 'is [redacted]' }, frame]);
});
