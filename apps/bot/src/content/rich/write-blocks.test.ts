import { describe, expect, it } from 'vitest';
import type { RichBlockKind, RichTextKind } from './rich-message.ts';
import { readRichMessage } from './write-blocks.ts';

const read = (...blocks: object[]) => readRichMessage({ blocks });
const paragraph = (text: unknown) => ({ type: 'paragraph', text });
const file = { file_id: 'F', file_unique_id: 'U' };

/** Every kind of rich text of the Bot API, with what it is for Claude. */
const EVERY_TEXT: Record<RichTextKind, readonly [more: object, written: string]> = {
  bold: [{}, '**x**'],
  italic: [{}, '_x_'],
  underline: [{}, '<u>x</u>'],
  strikethrough: [{}, '~~x~~'],
  spoiler: [{}, '||x||'],
  subscript: [{}, '<sub>x</sub>'],
  superscript: [{}, '<sup>x</sup>'],
  marked: [{}, '==x=='],
  code: [{}, '`x`'],
  date_time: [{ unix_time: 0 }, 'x (1970-01-01 00:00 UTC)'],
  text_mention: [{ user: { id: 5, first_name: 'Ann' } }, '[x](tg://user?id=5 "Ann")'],
  custom_emoji: [{ text: undefined, alternative_text: '😀' }, '😀'],
  mathematical_expression: [{ text: undefined, expression: 'a^2' }, '$a^2$'],
  url: [{ url: 'https://x.y' }, '[x](https://x.y)'],
  email_address: [{ email_address: 'a@b.c' }, 'x (a@b.c)'],
  phone_number: [{ phone_number: '+491' }, 'x (+491)'],
  mention: [{ username: 'ann' }, 'x (@ann)'],
  button: [{ text: undefined, button: { text: 'x', url: 'https://x.y' } }, '[x](https://x.y)'],
  reference: [{ name: 'n' }, '[^n]: x'],
  reference_link: [{ reference_name: 'n' }, 'x[^n]'],
  anchor: [{ text: undefined, name: 'n' }, ''],
  anchor_link: [{ anchor_name: 'n' }, 'x'],
  bank_card_number: [{}, 'x'],
  hashtag: [{}, 'x'],
  cashtag: [{}, 'x'],
  bot_command: [{}, 'x'],
};

/** Every kind of rich block of the Bot API, with what it is for Claude. */
const EVERY_BLOCK: Record<RichBlockKind, readonly [more: object, written: string, files?: number]> = {
  paragraph: [{ text: 'x' }, 'x'],
  heading: [{ text: 'x', size: 2 }, '## x'],
  pre: [{ text: 'a ```', language: 'sh' }, '````sh\na ```\n````'],
  footer: [{ text: 'x' }, 'x'],
  divider: [{}, '---'],
  mathematical_expression: [{ expression: 'a^2' }, '$$\na^2\n$$'],
  anchor: [{ name: 'n' }, ''],
  list: [{ items: [{ label: '1.', blocks: [paragraph('x')] }] }, '1. x'],
  blockquote: [{ blocks: [paragraph('x'), paragraph('y')], credit: 'Ann' }, '> x\n>\n> y\n> — Ann'],
  expandable_blockquote: [{ text: 'x' }, '> x'],
  pullquote: [{ text: 'x', credit: 'Ann' }, '> x\n> — Ann'],
  collage: [{ blocks: [{ type: 'document', document: file }], caption: { text: 'c' } }, '[file]\nc', 1],
  slideshow: [{ blocks: [{ type: 'video', video: file }] }, '[video]', 1],
  table: [{ cells: [[{ text: 'a', is_header: true }], [{ text: 'b' }]] }, '| a |\n| --- |\n| b |'],
  details: [{ summary: 's', blocks: [paragraph('x')] }, '**s**\n\nx'],
  map: [{ location: { latitude: 1, longitude: 2 }, zoom: 13 }, 'Location: 1, 2'],
  animation: [{ animation: file }, '[animation]', 1],
  audio: [{ audio: file }, '[audio]', 1],
  document: [{ document: file, caption: { text: 'c', credit: 'Ann' } }, '[file]\nc — Ann', 1],
  photo: [{ photo: [{ ...file, width: 1, height: 1 }] }, '[photo]', 1],
  video: [{ video: file }, '[video]', 1],
  voice_note: [{ voice_note: file }, '[voice message]', 1],
  buttons: [{ buttons: [{ text: 'a', url: 'https://x.y' }, { text: 'b' }] }, '[a](https://x.y) · b'],
  thinking: [{ text: 'x' }, 'x'],
};

describe('a rich message', () => {
  it.each(Object.entries(EVERY_TEXT))('with a text of the kind %s', (type, [more, written]) => {
    expect(read(paragraph(['a ', { type, text: 'x', ...more }, ' b']))?.text).toBe(`a ${written} b`);
  });

  it.each(Object.entries(EVERY_BLOCK))('with a block of the kind %s', (type, [more, written, files = 0]) => {
    const message = read({ type, ...more });
    expect(message?.text).toBe(written);
    expect(message?.files).toHaveLength(files);
  });

  it('has its blocks apart, and lists in lists', () => {
    const items = [
      {
        label: '•',
        blocks: [paragraph('one'), { type: 'list', items: [{ label: '•', blocks: [paragraph('in it')] }] }],
      },
      { label: '•', has_checkbox: true, is_checked: true, blocks: [paragraph('two')] },
      { label: '•', has_checkbox: true, blocks: [paragraph('three')] },
    ];
    expect(read(paragraph('a'), { type: 'list', items }, paragraph('b'))?.text).toBe(
      'a\n\n- one\n\n  - in it\n- [x] two\n- [ ] three\n\nb',
    );
  });

  it('has every cell of a table in its column, whatever spans what', () => {
    const cells = [
      [
        { text: 'a|b', colspan: 2 },
        { text: 'c', rowspan: 2 },
      ],
      [{ text: ['d', '\n', { type: 'bold', text: 'e' }] }, {}],
      [{ text: 'f' }],
    ];
    expect(read({ type: 'table', cells })?.text.split('\n')).toEqual([
      '|  |  |  |',
      '| --- | --- | --- |',
      '| a\\|b |  | c |',
      '| d<br>**e** |  |  |',
      '| f |  |  |',
    ]);
  });

  it('nests what is formatted', () => {
    const text = { type: 'bold', text: ['a ', { type: 'url', url: 'https://x.y', text: { type: 'code', text: 'b' } }] };
    expect(read(paragraph(text))?.text).toBe('**a [`b`](https://x.y)**');
  });

  it('keeps the words of what is newer than this', () => {
    const newer = { type: 'hologram', text: ['deep ', { type: 'glow', text: 'words' }], blocks: [paragraph('inner')] };
    expect(read(newer)?.text).toBe('deep words\n\ninner');
  });

  it.each([undefined, 5, {}, { blocks: 5 }, { blocks: [5] }, { blocks: [{ type: 'paragraph', text: 5 }] }])(
    'of the shape %j is none',
    (sent) => expect(readRichMessage(sent)).toBeUndefined(),
  );
});
