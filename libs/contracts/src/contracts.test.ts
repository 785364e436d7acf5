import { describe, expect, it } from 'vitest';
import {
  CONTRACT_VERSION,
  messageUuid,
  noticeReplyId,
  parseName,
  readReply,
  readSessionJob,
  updateJobId,
} from './index.ts';

const origin = { place: { chatId: 7 }, messageId: 1, userId: 7, userName: 'Ann', sentAt: 0 };

describe('parseName', () => {
  it.each(['a', 'web-1', 'A_b', '0x', 'a'.repeat(64)])('takes %s in lower case', (typed) => {
    expect(parseName(typed)).toBe(typed.toLowerCase());
  });
  it.each(['', '-a', '_a', 'a b', 'a/b', '..', 'a.b', '😀', 'ä', 'a'.repeat(65), 'a\0', 'a\n'])(
    'refuses %j',
    (typed) => {
      expect(parseName(typed)).toBeUndefined();
    },
  );
});

describe('ids', () => {
  it('are the same for the same cause and differ for another', () => {
    expect(messageUuid(updateJobId(1, 2))).toBe(messageUuid('u-1-2'));
    expect(messageUuid('u-1-2')).not.toBe(messageUuid('u-1-3'));
    expect(noticeReplyId('u-1-2', 'failed')).not.toBe(noticeReplyId('u-1-2', 'resumed'));
  });
  it('hold nothing that a BullMQ job id may not hold', () => {
    expect(noticeReplyId(updateJobId(1, 2), 'failed')).not.toMatch(/:|^\d+$/);
  });
});

describe('reading a queue entry', () => {
  it('tells a newer version apart from a broken entry', () => {
    expect(readSessionJob({ version: CONTRACT_VERSION + 1, kind: 'teleport' })).toEqual({
      status: 'newer',
      version: CONTRACT_VERSION + 1,
    });
    expect(readSessionJob({ version: 1, kind: 'message' })).toMatchObject({ status: 'invalid' });
    expect(readSessionJob(null)).toMatchObject({ status: 'invalid' });
  });
  it('gives back a message as it was', () => {
    const job = { version: 1, kind: 'message', session: 'web', origin, text: 'hi' };
    expect(readSessionJob(job)).toEqual({ status: 'ok', value: job });
  });
  it('takes a message without a text only if there are files', () => {
    const job = { version: 1, kind: 'message', session: 'web', origin, text: '' };
    const files = [{ fileId: 'F', uniqueId: 'U', kind: 'photo' }];
    expect(readSessionJob(job)).toMatchObject({ status: 'invalid', problem: expect.stringContaining('text') });
    expect(readSessionJob({ ...job, files })).toMatchObject({ status: 'ok' });
    expect(readSessionJob({ ...job, files: [] })).toMatchObject({ status: 'invalid' });
  });
  it('never repeats what a person wrote when the entry is broken', () => {
    const read = readReply({ version: 1, kind: 'text', place: {}, text: 'my secret' });
    expect(JSON.stringify(read)).not.toContain('my secret');
  });
});
