import type { FileRef } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { inboxName, safeName } from './name-file.ts';

const file: FileRef = { fileId: 'F', uniqueId: 'U', kind: 'document', name: 'report.pdf' };
const origin = { messageId: 5, place: { chatId: 7 } };

describe('the name of a file in the inbox', () => {
  it('is made of the message, a mark and a safe name, and is the same each time', () => {
    expect(inboxName(file, origin)).toMatch(/^5-[0-9a-f]{6}-report\.pdf$/);
    expect(inboxName(file, origin)).toBe(inboxName({ ...file, fileId: 'another for the same' }, origin));
  });

  it('differs for another file, another message, and a message of that number in another chat', () => {
    const names = [
      inboxName(file, origin),
      inboxName({ ...file, uniqueId: 'V' }, origin),
      inboxName(file, { ...origin, messageId: 6 }),
      inboxName(file, { ...origin, place: { chatId: 8 } }),
    ];
    expect(new Set(names).size).toBe(4);
  });

  it.each([
    ['photo', 'photo.jpg'],
    ['voice', 'voice.ogg'],
    ['video-note', 'video-note.mp4'],
    ['sticker', 'sticker.webp'],
  ] as const)('of a %s that came without one is that of its kind', (kind, name) => {
    expect(inboxName({ fileId: 'F', uniqueId: 'U', kind }, origin)).toMatch(new RegExp(`-${name}$`));
  });
});

describe('a safe name', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Übersicht März.csv', 'Ubersicht_Marz.csv'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\notes.txt', 'notes.txt'],
    ['.bashrc', 'document.bashrc'],
    ['..', 'document'],
    ['', 'document'],
    ['-rf', 'rf'],
    ['a b;$(rm -rf ~)`x`.sh', 'a_b_rm_-rf_x.sh'],
    ['line\nbreak\0.txt', 'line_break.txt'],
    ['報告書.docx', 'document.docx'],
    ['archive.tar.gz', 'archive.tar.gz'],
    ['photo.jpg\u202egnp', 'photo.jpg_gnp'],
  ])('of %j is %j', (name, safe) => {
    expect(safeName(name, 'document')).toBe(safe);
  });

  it('is bounded, and keeps its extension', () => {
    expect(safeName(`${'x'.repeat(500)}.pdf`, 'document')).toBe(`${'x'.repeat(60)}.pdf`);
    expect(safeName(`x.${'y'.repeat(500)}`, 'document').length).toBeLessThan(80);
  });

  it('never holds anything but letters, digits, dot, underscore and dash, with none of the last three first', () => {
    for (let code = 0; code < 0x3000; code += 1) {
      for (const name of [String.fromCodePoint(code), `a${String.fromCodePoint(code)}.b`]) {
        expect(safeName(name, 'document')).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
      }
    }
  });
});
