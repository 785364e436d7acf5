import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { FormattedText } from './formatted-text.ts';
import { firstParts, splitMessage } from './split-message.ts';

const plain = (text: string): FormattedText => ({ text, entities: [] });
const texts = (parts: readonly FormattedText[]) => parts.map((part) => part.text);
const fence = (code: string) => renderMarkdown(`intro\n\n\`\`\`sh\n${code}\n\`\`\`\n\noutro`);

describe('splitMessage', () => {
  it('gives no part for a blank text and one for a text of exactly the limit', () => {
    expect(splitMessage(plain(''))).toEqual([]);
    expect(splitMessage(plain('\u200b \n'))).toEqual([]);
    expect(splitMessage(plain('x'.repeat(4_096)))).toHaveLength(1);
    expect(splitMessage(plain('x'.repeat(4_097)), 9_999).map((part) => part.text.length)).toEqual([4_096, 1]);
  });

  it.each([
    ['a paragraph', 'aaa bbb\nccc\n\nddd eee\nfff', ['aaa bbb\nccc', 'ddd eee\nfff']],
    ['a line', 'aaa bbb ccc\nddd eee fff', ['aaa bbb ccc', 'ddd eee fff']],
    ['a word', 'aaaa bbbb cccc dddd', ['aaaa bbbb cccc', 'dddd']],
    ['a character', '日本語日本語日本語日本語日本語日本語', ['日本語日本語日本語日本語日本語', '日本語']],
  ])('cuts at %s', (_place, text, parts) => {
    expect(texts(splitMessage(plain(text), 15))).toEqual(parts);
  });

  it('prefers a later line to a paragraph that ends early', () => {
    expect(texts(splitMessage(plain('a\n\nbbbbbbb\ncccccccc'), 15))).toEqual(['a\n\nbbbbbbb', 'cccccccc']);
  });

  it('never cuts what a person sees as one character, unless a message cannot hold it', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(texts(splitMessage(plain(family.repeat(3)), 25))).toEqual([family.repeat(2), family]);
    const zalgo = `a${'\u0301'.repeat(20)}`;
    expect(texts(splitMessage(plain(zalgo), 15)).join('')).toBe(zalgo);
    expect(texts(splitMessage(plain(family), 4)).filter((part) => /\p{Surrogate}/u.test(part))).toEqual([]);
    expect(texts(splitMessage(plain('🚂'.repeat(3)), 3))).toEqual(['🚂', '🚂', '🚂']);
  });

  it('cuts and reopens entities', () => {
    expect(splitMessage(renderMarkdown('**aaaa bbbb cccc dddd**'), 15)).toEqual([
      { text: 'aaaa bbbb cccc', entities: [{ type: 'bold', offset: 0, length: 14 }] },
      { text: 'dddd', entities: [{ type: 'bold', offset: 0, length: 4 }] },
    ]);
  });

  it('moves a code block that fits into the next message', () => {
    expect(texts(splitMessage(fence('  one\n  two'), 15))).toEqual(['intro', '  one\n  two', 'outro']);
  });

  it('cuts a longer one between lines and repeats its language', () => {
    const parts = splitMessage(fence('one two\n\n  three\nfour\nfive\nsix'), 20);
    expect(texts(parts)).toEqual(['intro\n\none two', '\n  three\nfour\nfive', 'six\n\noutro']);
    const pre = { type: 'pre', language: 'sh' };
    expect(parts.map((part) => part.entities)).toEqual([
      [{ ...pre, offset: 7, length: 7 }],
      [{ ...pre, offset: 0, length: 18 }],
      [{ ...pre, offset: 0, length: 3 }],
    ]);
  });

  it('does not cut inline code at its blanks', () => {
    expect(texts(splitMessage(renderMarkdown('aa `bb cc dd ee`'), 13))).toEqual(['aa', 'bb cc dd ee']);
  });

  it('drops the least important entities beyond 100 and keeps all code', () => {
    const [part] = splitMessage(renderMarkdown('*i* **b** `c` '.repeat(60)));
    const count = (type: string) => part?.entities.filter((entity) => entity.type === type).length;
    expect([count('code'), count('bold'), count('italic')]).toEqual([60, 40, 0]);
  });

  it('begins a new message rather than drop code', () => {
    const parts = splitMessage(renderMarkdown('`c` '.repeat(250)));
    expect(parts.map((part) => part.entities.length)).toEqual([100, 100, 50]);
  });
});

describe('firstParts', () => {
  it('gives the same parts as splitMessage, as many as are asked for', () => {
    const text = plain('one two three four');
    expect(firstParts(text, 2, 5)).toEqual(splitMessage(text, 5).slice(0, 2));
  });
});
