import type { FileRef } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { decideOn, origin, type World, withWeb } from '../../testing/deciding.ts';

describe('an edited message', () => {
  const queue = { name: 'session-web', group: 'session.nas' };
  const job = { version: 1, kind: 'message' as const, session: 'web', origin, text: 'old' };
  const edit = async (edited: World['edited']) =>
    (await decideOn({ kind: 'edited', origin, text: 'new' }, { ...withWeb, edited })).decision;

  it('changes the job that it became, or says that it is too late', async () => {
    expect(await edit({ queue, jobId: 'u-1-4', job })).toEqual({
      edit: {
        ...{ queue, jobId: 'u-1-4', job: { ...job, text: 'new' } },
        otherwise: { say: expect.stringMatching(/^Claude has this message already/) },
      },
      say: '✏️ The message in the queue was changed.',
    });
  });

  it('has its formatting, and the file that it has now', async () => {
    const files: FileRef[] = [{ fileId: 'F2', uniqueId: 'U2', kind: 'photo' }];
    const before = { ...job, files: [{ ...files[0], uniqueId: 'U1' } as FileRef] };
    const incoming = { kind: 'edited' as const, origin, text: 'old', markdown: '**old**', files };
    const { decision } = await decideOn(incoming, { ...withWeb, edited: { queue, jobId: 'u-1-4', job: before } });
    expect(decision?.edit?.job).toEqual({ ...job, text: '**old**', files });
    const same = { ...job, text: '**old**', files };
    expect(
      (await decideOn(incoming, { ...withWeb, edited: { queue, jobId: 'u-1-4', job: same } })).decision,
    ).toBeUndefined();
  });

  it('that tells where somebody on the move is now changes what waits, without a word', async () => {
    const incoming = { kind: 'edited' as const, origin, text: 'Live location: 1, 2', isMoving: true };
    const { decision } = await decideOn(incoming, { ...withWeb, edited: { queue, jobId: 'u-1-4', job } });
    expect(decision).toEqual({
      edit: { queue, jobId: 'u-1-4', job: { ...job, text: 'Live location: 1, 2' }, otherwise: {} },
    });
  });

  describe('of which nothing is known', () => {
    const unknown = async (more: object, from: object = {}) => {
      const of = { ...origin, ...from };
      const incoming = { kind: 'edited' as const, origin: of, text: 'blue', editedAt: of.sentAt + 6_000, ...more };
      return (await decideOn(incoming, withWeb)).decision;
    };

    it('is told in a private chat to have no effect, once for each message', async () => {
      const say = 'An edit of this has no effect. Send it as a new message.';
      expect(await unknown({})).toEqual({ say, sayId: 'n-5-edit-in-vain' });
      expect((await unknown({ text: 'green' }))?.sayId).toBe('n-5-edit-in-vain');
      expect((await unknown({}, { messageId: 6 }))?.sayId).toBe('n-6-edit-in-vain');
    });

    it.each([
      ['a move of somebody', { isMoving: true }],
      ['of the first seconds, as when the preview of a link comes', { editedAt: origin.sentAt + 4_000 }],
      ['of a text with a link, whose preview may come late', { text: 'see example.org' }],
      ['at no known time', { editedAt: undefined }],
    ])('gets no word if it is %s', async (_what, more) => {
      expect(await unknown(more)).toBeUndefined();
    });

    it('gets no word in a group, where it may have been for others', async () => {
      expect(await unknown({}, { place: { chatId: -7 } })).toBeUndefined();
    });
  });

  it('whose text is the same asks for nothing', async () => {
    expect(await edit({ queue, jobId: 'u-1-4', job: { ...job, text: 'new' } })).toBeUndefined();
  });
});
