import { describe, expect, it } from 'vitest';
import {
  CONTRACT_VERSION,
  messageUuid,
  nameSchema,
  noticeReplyId,
  parseName,
  readReply,
  readSessionJob,
  updateJobId,
  whyNoName,
} from './index.ts';

const origin = { place: { chatId: 7 }, messageId: 1, userId: 7, userName: 'Ann', sentAt: 0 };

describe('parseName', () => {
  it.each(['a', 'web-1', 'A_b', '0x', 'a'.repeat(64)])('takes %s in lower case', (typed) => {
    expect(parseName(typed)).toBe(typed.toLowerCase());
  });
  it.each([
    ['Сессия', 'сессия'],
    ['日本', '日本'],
    ['CAFE\u0301', 'café'],
    ['ｗｅｂ', 'web'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['οδοσ', 'οδος'],
    ['İstanbul', 'istanbul'],
    ['हिन्दी-2', 'हिन्दी-2'],
    ['日本-web', '日本-web'],
    ['日'.repeat(42), '日'.repeat(42)],
  ])('takes %s as %s, which is read as itself', (typed, name) => {
    expect([parseName(typed), parseName(name)]).toEqual([name, name]);
    expect(nameSchema.safeParse(name).success).toBe(true);
    if (typed !== name) expect(nameSchema.safeParse(typed).success).toBe(false);
  });
  it.each(['', '-a', '_a', 'a b', 'a/b', '..', 'a.b', '😀', 'a'.repeat(65), '日'.repeat(43), 'a\0', 'a\n'])(
    'refuses %j',
    (typed) => {
      expect(parseName(typed)).toBeUndefined();
      expect(whyNoName(typed)).toMatch(/^Use 1 to 64 letters/);
    },
  );
  it.each(['a\u200bb', 'a\u00adb', '\u3164', 'a\u202eb', 'a\ufe0f', '\u0301a', '½', 'a…b'])(
    'refuses what cannot be seen or stands for no letter, as in %j',
    (typed) => {
      expect(parseName(typed)).toBeUndefined();
    },
  );
  it.each([
    ['wеb', /look the same/],
    ['сессия-web', /look the same/],
    ['ухо', /look like a word in Latin letters/],
    ['νυν', /look like a word in Latin letters/],
  ])('refuses %s, which a person could take for another name, and says why', (typed, why) => {
    expect(parseName(typed)).toBeUndefined();
    expect(whyNoName(typed)).toMatch(why);
  });
  it('gives one name for all forms of every letter, and that one is read as itself', () => {
    // The scripts that have upper case, or several forms of a letter.
    const ranges = [
      [0x21, 0x3400],
      [0xa640, 0xac20],
      [0xf900, 0x1_0000],
      [0x1_0400, 0x1_0500],
    ] as const;
    const points = ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index));
    const names = points.flatMap((point) => parseName(`1${String.fromCodePoint(point)}`) ?? []);
    expect(names.length).toBeGreaterThan(5_000);
    const formsOf = (name: string) => [
      ...[name.toUpperCase(), name.normalize('NFD'), name.toUpperCase().normalize('NFKD')],
    ];
    const split = names.filter((name) => formsOf(name).some((form) => form !== name && parseName(form) !== name));
    expect(split).toEqual([]);
  });
  it('of a hostile length does not take long', () => {
    expect(parseName('ﷺ'.repeat(1_000_000))).toBeUndefined();
    expect(whyNoName('ﷺ'.repeat(1_000_000))).toMatch(/^Use/);
  });
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
