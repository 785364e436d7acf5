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

it('leaves what a button does, and what a text answers, as it is, and takes secrets out of what is shown', async () => {
  const sent: unknown[] = [];
  const queues = redactReplies(
    { addJob: async (_queue, entry) => void sent.push(entry.data), publishLive: () => undefined },
    createRedactor(['homelab', 'always', 'retry', 'photo']),
  );
  const add = (data: object) => queues.addJob({ name: 'reply-1', group: 'reply' }, { id: 'r', name: 'x', data });
  const queue = { name: 'session-homelab', group: 'session.homelab' };
  const questionId = 'n-homelab-ask-0';
  const act = { do: 'answer', value: 'always' };
  const about = { queue, requestId: questionId };
  const textAnswers = { prefix: 'always' };
  const retry = { do: 'answer', value: 'retry' };
  const option = { do: 'tick', value: 'Use homelab' };
  await add({
    kind: 'question',
    about,
    rows: [
      [
        { label: '♾ Here', act },
        { label: 'Use homelab', act: option },
        { label: 'retry', act: retry },
      ],
    ],
    textAnswers,
  });
  await add({ kind: 'settled', questionId, text: 'homelab' });
  const transfer = { queue: 'reply-7', id: 'f-homelab' };
  await add({ kind: 'files', files: [{ transfer, name: 'homelab.png', size: 1, as: 'photo' }] });
  const redacted = { label: 'Use [redacted]', act: { do: 'tick', value: 'Use [redacted]' } };
  expect(sent).toEqual([
    {
      kind: 'question',
      about,
      rows: [[{ label: '♾ Here', act }, redacted, { label: '[redacted]', act: retry }]],
      textAnswers,
    },
    { kind: 'settled', questionId, text: '[redacted]' },
    { kind: 'files', files: [{ transfer, name: '[redacted].png', size: 1, as: 'photo' }] },
  ]);
});
