import { type Files, MAX_UPLOAD_BYTES, replyQueue, SINCE } from '@signalbox/contracts';
import { JobFailed, type Queues } from '@signalbox/queues';
import { ANN, type FaultRule } from '@signalbox/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, createShortPause, createTestLog, startBotWorld } from '../../testing/bot-world.ts';
import { heldQueue } from '../../testing/held-queue.ts';
import { createExpectations } from '../asking/expectations.ts';
import { createKeptQuestions } from '../asking/keep-questions.ts';
import { createOutbox } from '../outbox/send-replies.ts';
import { createSentJournal } from '../outbox/sent-journal.ts';
import { createChatPace } from '../telegram/chat-pace.ts';
import { createFloodGate } from '../telegram/flood-gate.ts';
import { createSay } from '../telegram/say.ts';
import { createTopicNames } from '../telegram/topic-names.ts';
import { createEarlierFiles } from './earlier-files.ts';
import { filesParts } from './present-files.ts';

/** A PNG of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const ANNS = replyQueue(ANN.id).name;

let world: BotWorld;
let queues: Queues;
let before: number;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.telegram.faults.clear();
  await queues.redis.flushall();
  before = world.telegram.messages(ANN.id).length;
});

type Shown = Files['files'][number];

let made = 0;
/** A reply that shows files, and their bytes in Redis. `gone`: without the bytes. */
async function replyWith(files: readonly (Pick<Shown, 'name' | 'as'> & { gone?: true })[], text = ''): Promise<Files> {
  const shown: Shown[] = [];
  for (const { gone, ...file } of files) {
    const bytes = file.as === 'photo' ? PNG : Buffer.from(`bytes of ${file.name}`);
    const transfer = { queue: ANNS, id: `x-${++made}` };
    if (!gone) await queues.transfers.put(transfer, await queues.transfers.want(transfer, 60), [bytes]);
    shown.push({ ...file, transfer, size: bytes.length });
  }
  return { version: SINCE.files, kind: 'files', place: { chatId: ANN.id }, text, files: shown };
}

/** Sends a reply, as a process of its own would. */
function send(data: Files, { id = `f-${++made}`, startedBefore = false, signal = new AbortController().signal } = {}) {
  const { pause } = createShortPause();
  const outbox = createOutbox({
    say: createSay(queues.addJob),
    topicNames: createTopicNames(queues.redis),
    ...queues,
    api: world.api,
    journal: createSentJournal(queues.redis),
    keepFiles: createEarlierFiles(queues.redis).keep,
    questions: createKeptQuestions(queues.redis, 'a secret'),
    expectations: createExpectations(queues.redis),
    gate: createFloodGate(queues.redis, pause),
    pace: createChatPace(pause),
    pause,
    log: createTestLog().log,
  });
  const job = { id, data, addedAt: 1, startedBefore, takeOvers: 0, afterPause: false, chosen: undefined };
  return outbox.handle(ANNS, { ...job, begin: async () => undefined }, heldQueue(signal));
}

const shown = () =>
  world.telegram
    .messages(ANN.id)
    .slice(before)
    .map(({ text, file, mediaGroup }) => ({
      text,
      kind: file?.kind,
      name: file?.name,
      isAlbum: mediaGroup !== undefined,
    }));
const left = () => queues.redis.keys('*:file:*');
const fault = (method: string, effect: FaultRule['effect'], more: Partial<FaultRule> = {}) =>
  world.telegram.faults.add({ method, effect, ...more });
const refused = (description: string, code = 400): FaultRule['effect'] => ({ error: { code, description } });

const photo = { name: 'a.png', as: 'photo' } as const;
const text = { name: 'b.txt', as: 'document' } as const;

describe('files of a reply', () => {
  it('are shown with their caption, one as it is, several as an album, and leave Redis', async () => {
    await send(await replyWith([text], 'See **b**'));
    await send(await replyWith([photo, photo, text], 'Two'));
    expect(shown()).toEqual([
      { text: 'See b', kind: 'document', name: 'b.txt', isAlbum: false },
      { text: 'Two', kind: 'photo', name: 'photo', isAlbum: true },
      { text: '', kind: 'photo', name: 'photo', isAlbum: true },
      { text: '', kind: 'document', name: 'b.txt', isAlbum: false },
    ]);
    const [first] = world.telegram.messages(ANN.id).slice(before);
    expect(Buffer.from(world.telegram.fileData(first?.file?.fileId ?? '')).toString()).toBe('bytes of b.txt');
    expect(first?.entities).toMatchObject([{ type: 'bold', offset: 4, length: 1 }]);
    expect(await left()).toEqual([]);
  });

  it('that Telegram does not take as photos are shown as files', async () => {
    fault('sendPhoto', refused('Bad Request: PHOTO_INVALID_DIMENSIONS'));
    await send(await replyWith([photo], 'odd'));
    expect(shown()).toMatchObject([{ text: 'odd', kind: 'document', name: 'a.png' }]);
  });

  it('that Telegram takes in no form are named, with the reason and the caption', async () => {
    fault('sendDocument', refused('Request Entity Too Large', 400), { times: 5 });
    await send(await replyWith([text], 'the *log*'));
    expect(shown()).toEqual([
      {
        text: expect.stringMatching(/^the log\n\n⚠️ b\.txt could not be shown: Telegram refused it \(.*Too Large/),
        kind: undefined,
        name: undefined,
        isAlbum: false,
      },
    ]);
    expect(await left()).toEqual([]);
  });

  it.each([
    ['not enough rights to send documents to the chat', 400],
    ['Request Entity Too Large', 413],
  ])('that the chat may not get (%s) are named all the same', async (description, code) => {
    fault('sendPhoto', refused(`Bad Request: ${description}`, code));
    fault('sendDocument', refused(`Bad Request: ${description}`, code));
    await send(await replyWith([photo], 'see'));
    expect(shown()).toMatchObject([
      { text: expect.stringMatching(/^see\n\n⚠️ a\.png could not be shown/), kind: undefined },
    ]);
  });

  it('speak for their session, each picture of an album', async () => {
    await send({ ...(await replyWith([photo, photo])), session: 'web' });
    const ids = world.telegram
      .messages(ANN.id)
      .slice(before)
      .map(({ id }) => id);
    const journal = createSentJournal(queues.redis);
    expect(await Promise.all(ids.map((id) => journal.speaker(ANNS, id)))).toEqual(['web', 'web']);
  });

  it('whose bytes are gone are named, and it is said what to do', async () => {
    await send(await replyWith([{ ...text, gone: true }]));
    expect(shown()[0]?.text).toMatch(/b\.txt could not be shown: .*Ask Claude to send it again/);
  });

  it('that may have been shown when the connection was cut are shown again, marked', async () => {
    fault('sendMediaGroup', 'cutAfter');
    await send(await replyWith([photo, photo], 'both'));
    expect(shown().map((each) => each.text)).toEqual(['both', '', '(resent after restart)\nboth', '']);
    expect(await left()).toEqual([]);
  });

  it('are waited for as long as Telegram says, and shown once', async () => {
    fault('sendDocument', { error: { code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } } });
    await send(await replyWith([text]));
    expect(shown()).toHaveLength(1);
  });

  it('stay in Redis when the bot has to leave them, and the next one goes on after what was sent', async () => {
    const reply = await replyWith([photo, text]);
    const stopping = new AbortController();
    fault('sendDocument', 'hang');
    const sending = send(reply, { id: 'f-left', signal: stopping.signal });
    await world.telegram.waitFor(() => world.telegram.calls.find(({ method }) => method === 'sendDocument'));
    stopping.abort(new Error('stopping'));
    world.telegram.faults.clear();
    await expect(sending).rejects.toThrow('stopping');
    expect(await left()).toHaveLength(2);
    await send(reply, { id: 'f-left', startedBefore: true });
    expect(shown().map(({ kind }) => kind)).toEqual(['photo', 'document']);
    expect(await left()).toEqual([]);
  });

  it('that can be shown to nobody leave Redis too', async () => {
    world.telegram.block(ANN.id);
    await expect(send(await replyWith([text]))).rejects.toThrow(JobFailed);
    world.telegram.unblock(ANN.id);
    expect(await left()).toEqual([]);
  });
});

describe('albums', () => {
  const of = (files: readonly (readonly [Shown['as'], number])[]) => {
    const all = files.map(([as, size], i) => ({ transfer: { queue: 'q', id: `${i}` }, name: `${i}`, size, as }));
    const reply: Files = { version: 1, kind: 'files', place: { chatId: 1 }, text: 'caption', files: all };
    return filesParts(reply).map(({ files: some, caption }) => [some.map(({ name }) => name).join(''), caption.text]);
  };

  it('hold files of one kind, in order, with the caption at the first', () => {
    expect(
      of([
        ['photo', 1],
        ['photo', 1],
        ['document', 1],
        ['photo', 1],
      ]),
    ).toEqual([
      ['01', 'caption'],
      ['2', ''],
      ['3', ''],
    ]);
  });

  it('hold no more than one call may bring', () => {
    expect(
      of([
        ['document', MAX_UPLOAD_BYTES - 1],
        ['document', 1],
        ['document', 1],
      ]),
    ).toEqual([
      ['01', 'caption'],
      ['2', ''],
    ]);
  });
});
