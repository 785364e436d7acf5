import { type EarlierFile, type FileRef, type MessageJob, readSessionJob } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { decideOn, decideText, enqueued, origin, withWeb } from '../../testing/deciding.ts';

describe('a message where there is no session', () => {
  const written = (text: string, more: object = {}) => ({ origin, text, ...more });
  const kept = (messageId: number, text: string, more: object = {}) => ({
    ...written(text, more),
    origin: { ...origin, messageId },
    jobId: `u-1-${messageId}`,
  });
  const offer = (name: string) => [
    [{ label: 'Start a session with it', act: { do: 'command', text: `/kept new ${name}` } }],
    [{ label: 'Drop', act: { do: 'command', text: '/kept drop' } }],
  ];

  it.each([
    ['nothing is active', undefined],
    ['the active session is gone', 'deleted'],
  ])('is kept, with the offer to start one that is named by its words, when %s', async (_why, active) => {
    const { decision } = await decideText('Please fix the nginx', { active });
    expect(decision?.kept).toEqual({ add: written('Please fix the nginx') });
    expect(decision?.menu).toMatchObject({
      text: 'No active session. Use /new <name> to start one.',
      once: true,
      rows: offer('fix-nginx'),
    });
  });

  it('is kept with its files, and of an album only the first one is answered', async () => {
    const files: FileRef[] = [{ fileId: 'F', uniqueId: 'U', kind: 'document', name: 'a b.pdf', size: 5 }];
    const album = { files, album: '77' };
    const first = (await decideText('', { active: undefined }, album)).decision;
    expect([first?.kept, first?.menu?.rows]).toEqual([{ add: written('', album) }, offer('b')]);
    const before = [kept(4, '', album)];
    const second = (await decideText('', { active: undefined, kept: before }, album)).decision;
    expect(second).toEqual({ kept: { add: written('', album) } });
  });

  it('beside others is offered with them', async () => {
    const { decision } = await decideText('and the logs', { active: undefined, kept: [kept(4, 'Fix the nginx')] });
    expect(decision?.menu).toMatchObject({
      text: 'No active session. Use /new <name> to start one.\n2 messages are kept for it.',
      rows: [[{ label: 'Start a session with them', act: { text: '/kept new fix-nginx' } }], [{ label: 'Drop' }]],
    });
  });

  it('that is edited is kept as it is now', async () => {
    const edited = { kind: 'edited', origin, text: 'blue' } as const;
    const { decision } = await decideOn(edited, { ...withWeb, kept: [kept(5, 'red')] });
    expect(decision).toEqual({ kept: { change: kept(5, 'blue') }, say: '✏️ The message that is kept was changed.' });
    expect((await decideOn(edited, { ...withWeb, kept: [kept(5, 'blue')] })).decision).toBeUndefined();
  });

  it('starts a session of the first name that is free, in the order in which all was written', async () => {
    const all = [kept(3, 'one', { replied: { text: 'q' } }), kept(4, 'two')];
    const { decision } = await decideText('/kept new web', { active: undefined, kept: all });
    expect(decision).toMatchObject({ activate: 'web-2', claim: { card: { name: 'web-2', pool: 'default' } } });
    expect(decision?.claim?.otherwise.menu?.rows[0]).toMatchObject([{ act: { text: '/kept new web-3' } }]);
    expect(enqueued(decision)).toMatchObject({ job: { kind: 'new', session: 'web-2', persona: 'default' } });
    expect(decision?.afterwards).toEqual(
      all.map(({ jobId, ...rest }) => ({
        queue: { name: 'session-web-2', group: 'session.default' },
        job: { version: 1, kind: 'message', session: 'web-2', ...rest },
        id: jobId,
      })),
    );
    for (const { job } of decision?.afterwards ?? []) expect(readSessionJob(job)).toEqual({ status: 'ok', value: job });
    expect(decision?.kept).toEqual({ take: [3, 4] });
  });

  it.each(['/new garden', '/session web'])('is offered to the session of %s', async (text) => {
    const name = text.split(' ')[1];
    const { decision } = await decideText(text, { active: undefined, kept: [kept(4, 'one')] });
    expect(decision?.menu?.rows[0]).toEqual([
      { label: `Give to '${name}'`, act: { do: 'command', text: `/kept to ${name}` } },
    ]);
    expect((await decideText(text, { active: undefined })).decision).not.toHaveProperty('menu');
  });

  it('is given to a session, or dropped, and then is no more', async () => {
    const more = { kept: [kept(4, 'one')] };
    const given = (await decideText('/kept to web', more)).decision;
    expect(given).toMatchObject({ afterwards: [{ id: 'u-1-4' }], kept: { take: [4] }, say: "→ session 'web'" });
    expect((await decideText('/kept drop', more)).decision).toEqual({
      kept: { take: [4] },
      say: 'Dropped a message:\n• one',
    });
    expect((await decideText('/kept to gone', more)).decision).toEqual({
      say: "Session 'gone' doesn't exist. Use /new gone to create it.",
    });
    expect((await decideText('/kept drop')).decision).toEqual({
      say: 'Nothing is kept here: it was passed on, or dropped.',
    });
    expect((await decideText('/kept')).decision?.say).toMatch(/^Usage: /);
  });
});

describe('a reply', () => {
  const file: EarlierFile = { fileId: 'F', uniqueId: 'U', kind: 'photo' };
  const second: EarlierFile = { fileId: 'F2', uniqueId: 'U2', kind: 'photo', messageId: 4 };
  const source = { path: '/w/plot.png', size: 9 };
  const replyTo = async (replied: object, more: object = {}, earlierFiles: EarlierFile[] = []) => {
    const marks = { repliesTo: 3, replied: { messageId: 3, ...replied }, ...more };
    const { decision } = await decideText('and this?', { earlierFiles }, marks);
    return { job: enqueued(decision)?.job as MessageJob | undefined, say: decision?.say };
  };

  it('to a file of an album brings all of it, the one that is meant first', async () => {
    const kept = [second, { ...file, messageId: 3 }];
    const { job, say } = await replyTo({ files: [file] }, { repliedAlbum: '77' }, kept);
    expect(job?.replied?.files).toEqual([{ ...file, messageId: 3 }, second]);
    expect(say).toBeUndefined();
  });

  it('to an album of long ago says that only one of it can be had, to Claude and to the person', async () => {
    const { job, say } = await replyTo({ files: [file] }, { repliedAlbum: '77' });
    expect(job?.replied).toMatchObject({ files: [file], missing: expect.stringMatching(/only the file/) });
    expect(say).toMatch(/^⚠️ Claude doesn't get all of what you replied to: .*only the file/);
  });

  it('to what Claude sent says where it had that', async () => {
    const { job } = await replyTo({ files: [file] }, {}, [{ ...file, messageId: 3, source }]);
    expect(job?.replied?.files).toEqual([{ ...file, messageId: 3, source }]);
  });

  it('to a file that is too large to be had again says so, unless Claude may have it', async () => {
    const film = { ...file, name: 'film.mp4', size: 20 * 1024 * 1024 + 1 };
    const { job, say } = await replyTo({ files: [film] });
    expect(job?.replied?.missing).toContain('film.mp4 is larger than 20 MB');
    expect(say).toContain('film.mp4 is larger than 20 MB');
    expect((await replyTo({ files: [film] }, {}, [{ ...film, source }])).say).toBeUndefined();
  });

  it('to what cannot be passed on says so to both', async () => {
    const { job, say } = await replyTo({ missing: "gifts can't be passed on yet" });
    expect(job?.replied).toEqual({ messageId: 3, missing: "gifts can't be passed on yet" });
    expect(say).toBe("⚠️ Claude doesn't get all of what you replied to: gifts can't be passed on yet.");
  });
});

describe('files', () => {
  const file: FileRef = { fileId: 'F', uniqueId: 'U', kind: 'document', name: 'a.pdf', size: 5 };
  const tooLarge: FileRef = { ...file, name: 'film.mp4', size: 20 * 1024 * 1024 + 1 };
  const decideFiles = async (text: string, files: readonly FileRef[], more: object = {}) =>
    (await decideText(text, undefined, { files, ...more })).decision;

  it('go to the session with their caption, in an entry that an older build lets wait', async () => {
    const decision = await decideFiles('/help what is it?', [file], { album: '77', replied: { text: 'earlier' } });
    expect(enqueued(decision)).toMatchObject({
      queue: 'session-web of session.nas',
      job: { version: 1, text: '/help what is it?', files: [file], album: '77', replied: { text: 'earlier' } },
    });
    expect(decision).not.toHaveProperty('say');
    expect(enqueued(await decideFiles('', [file]))).toMatchObject({ job: { text: '', files: [file] } });
  });

  it('that are too large are said at once; Claude hears of them with the rest, if there is any', async () => {
    const decision = await decideFiles('look', [tooLarge]);
    expect(decision?.say).toMatch(
      /^⚠️ film\.mp4 is too large: 20\.0 MB\.\n.*up to 20 MB.*\nThe rest of the message was passed on\.$/,
    );
    expect(enqueued(decision)).toMatchObject({ job: { text: 'look', files: [tooLarge] } });
    const alone = await decideFiles('', [{ ...tooLarge, name: undefined } as unknown as FileRef]);
    expect(alone).toEqual({ say: expect.stringMatching(/^⚠️ This document is too large/) });
  });

  it('without a session to go to are kept', async () => {
    const { decision } = await decideText('', { active: undefined }, { files: [tooLarge, file] });
    expect(decision?.kept?.add?.files).toEqual([tooLarge, file]);
    expect(decision?.say).toMatch(/\nThe rest of the message is kept\.$/);
  });
});
