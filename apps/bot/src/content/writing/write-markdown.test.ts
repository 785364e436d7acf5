import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../rendering/markdown/render-markdown.ts';
import { type EntityKind, readEntities } from './entity.ts';
import { writeMarkdown } from './write-markdown.ts';

/** Marks a part of a text, by the text itself. */
const mark = (text: string, part: string, type: string, more: object = {}) => {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`“${part}” is not in “${text}”`);
  return { type, offset, length: part.length, ...more };
};
const write = (text: string, ...entities: object[]) => writeMarkdown({ text, entities: readEntities(entities) });

/** Every kind of entity of the Bot API: a new one does not compile until somebody says how it is written. */
const EVERY_KIND: Record<EntityKind, readonly [more: object, written: string]> = {
  bold: [{}, 'a **b c** d'],
  italic: [{}, 'a _b c_ d'],
  underline: [{}, 'a <u>b c</u> d'],
  strikethrough: [{}, 'a ~~b c~~ d'],
  spoiler: [{}, 'a ||b c|| d'],
  code: [{}, 'a `b c` d'],
  pre: [{ language: 'sh' }, 'a \n```sh\nb c\n```\n d'],
  blockquote: [{}, 'a \n> b c\n\n d'],
  expandable_blockquote: [{}, 'a \n> b c\n\n d'],
  text_link: [{ url: 'https://x.y/1' }, 'a [b c](https://x.y/1) d'],
  text_mention: [{ user: { id: 5, first_name: 'Ann', last_name: 'Lee' } }, 'a [b c](tg://user?id=5 "Ann Lee") d'],
  date_time: [{ unix_time: 1_647_531_900 }, 'a b c (2022-03-17 15:45 UTC) d'],
  custom_emoji: [{ custom_emoji_id: '1' }, 'a b c d'],
  mention: [{}, 'a b c d'],
  hashtag: [{}, 'a b c d'],
  cashtag: [{}, 'a b c d'],
  bot_command: [{}, 'a b c d'],
  url: [{}, 'a b c d'],
  email: [{}, 'a b c d'],
  phone_number: [{}, 'a b c d'],
};

describe('an entity', () => {
  it.each(Object.entries(EVERY_KIND))('of the kind %s is written for Claude', (type, [more, written]) => {
    expect(write('a b c d', mark('a b c d', 'b c', type, more))).toBe(written);
  });

  it('that is newer than this, or of another shape, leaves its words as they are', () => {
    const odd = [{ type: 'hologram', offset: 0, length: 1 }, { type: 'bold' }, null, 'x', { type: 'toString' }];
    expect(writeMarkdown({ text: 'a b', entities: readEntities(odd) })).toBe('a b');
    expect(writeMarkdown({ text: 'a b', entities: readEntities('x') })).toBe('a b');
  });

  it.each([
    [-1, 2],
    [0, 0],
    [99, 5],
  ])('that lies at %i, %i units long, outside the text, marks nothing', (offset, length) => {
    expect(write('a b', { type: 'bold', offset, length })).toBe('a b');
  });

  it('that is longer than the text ends with it', () => {
    expect(write('a b', { type: 'bold', offset: 2, length: 99 })).toBe('a **b**');
  });
});

describe('a text', () => {
  it.each(['plain *not bold* [x](y) `z` ~~~ > # 1. _a_ \\ <b>', ' \n\t white space \n', '😀 שלום ```'])(
    'without formatting is as it was typed, to the letter: %j',
    (text) => {
      expect(write(text)).toBe(text);
      expect(write(text, { type: 'url', offset: 0, length: 3 })).toBe(text);
    },
  );

  it('counts in UTF-16 units, with emoji and from right to left', () => {
    const text = '👨‍👩‍👧 see 😀 here שלום עולם!';
    expect(write(text, mark(text, '😀 here', 'text_link', { url: 'https://x.y' }), mark(text, 'עולם', 'bold'))).toBe(
      '👨‍👩‍👧 see [😀 here](https://x.y) שלום **עולם**!',
    );
  });

  it('is not torn inside of a character', () => {
    expect(write('a😀b', { type: 'bold', offset: 2, length: 2 })).toBe('a**😀b**');
    expect(write('a😀b', { type: 'bold', offset: 0, length: 2 })).toBe('**a😀**b');
  });

  it('nests what was nested', () => {
    const text = 'one two three';
    const all = [mark(text, text, 'bold'), mark(text, 'two three', 'text_link', { url: 'u:v' })];
    expect(write(text, ...all, mark(text, 'three', 'strikethrough'))).toBe('**one [two ~~three~~](u:v)**');
    const same = [mark(text, 'two', 'bold'), mark(text, 'two', 'italic'), mark(text, 'two', 'spoiler')];
    expect(write(text, ...same)).toBe('one **_||two||_** three');
  });

  it('splits what overlaps, so that each part has what it had', () => {
    const text = 'one two three';
    const links = [mark(text, 'one two', 'text_link', { url: 'u:1' }), mark(text, 'two three', 'strikethrough')];
    expect(write(text, ...links)).toBe('[one ~~two~~](u:1) ~~three~~');
  });

  it('keeps a link in code, whose address nobody would see', () => {
    const text = 'npm run build';
    expect(write(text, mark(text, text, 'code'), mark(text, 'build', 'text_link', { url: 'u:1' }))).toBe(
      '`npm run` [`build`](u:1)',
    );
  });

  it('has blanks outside of its marks, and marks in each paragraph', () => {
    expect(write('a b  c', { type: 'bold', offset: 1, length: 4 })).toBe('a **b**  c');
    expect(write('one\n\ntwo', { type: 'bold', offset: 0, length: 8 })).toBe('**one**\n\n**two**');
    expect(write('a \n b', { type: 'bold', offset: 1, length: 3 })).toBe('a \n b');
  });

  it('is escaped only where it would end a mark', () => {
    const text = 'a*b_c [d] 2*3';
    expect(write(text, mark(text, 'a*b_c', 'bold'))).toBe('**a\\*b_c** [d] 2*3');
    expect(write(text, mark(text, '[d]', 'text_link', { url: 'u:v' }))).toBe('a*b_c [\\[d\\]](u:v) 2*3');
    expect(write('x_ y', { type: 'italic', offset: 0, length: 2 })).toBe('_x\\__ y');
    expect(write('C:\\[x]', { type: 'text_link', offset: 0, length: 6, url: 'u:v' })).toBe('[C:\\\\\\[x\\]](u:v)');
  });

  it('has a mark for italic that means it inside of a word, too', () => {
    expect(write('unbelievable', { type: 'italic', offset: 2, length: 7 })).toBe('un*believa*ble');
  });
});

describe('code', () => {
  it('in a line has longer ticks than any in it', () => {
    expect(write('a `b` ``c', { type: 'code', offset: 0, length: 9 })).toBe('```a `b` ``c```');
    expect(write('`x`', { type: 'code', offset: 0, length: 3 })).toBe('`` `x` ``');
  });

  it('in a block has a longer fence than any in it, on lines of its own', () => {
    const text = 'run\n```\nls\n```\nnow';
    expect(write(text, mark(text, '```\nls\n```\n', 'pre', { language: 'md' }))).toBe(
      'run\n````md\n```\nls\n```\n````\nnow',
    );
  });

  it('of several lines is a block, however it was marked', () => {
    expect(write('a\nb', { type: 'code', offset: 0, length: 3 })).toBe('```\na\nb\n```');
  });

  it('keeps what is in it, and takes no language that could end its fence', () => {
    const text = '*a* [b]';
    expect(write(text, mark(text, text, 'pre', { language: 'x\n```' }), mark(text, '*a*', 'bold'))).toBe(
      '```\n*a* [b]\n```',
    );
  });
});

describe('a quote', () => {
  it('holds every line of it, with what is formatted in it, and nothing of what follows', () => {
    const text = 'he said\nmore\n\nand why?';
    expect(write(text, mark(text, 'he said\nmore', 'blockquote'), mark(text, 'said', 'bold'))).toBe(
      '> he **said**\n> more\n\nand why?',
    );
  });

  it('is apart from the next, and holds code', () => {
    const text = 'one\ntwo';
    const quotes = [mark(text, 'one', 'blockquote'), mark(text, 'two', 'expandable_blockquote')];
    expect(write(text, ...quotes, mark(text, 'two', 'pre'))).toBe('> one\n\n> ```\n> two\n> ```');
  });
});

describe('a link', () => {
  it('whose words are its address is only these', () => {
    expect(write('https://x.y', { type: 'text_link', offset: 0, length: 11, url: 'https://x.y' })).toBe('https://x.y');
  });

  it.each([
    ['https://x.y/a b', '<https://x.y/a%20b>'],
    ['https://x.y/(a)', '<https://x.y/(a)>'],
    ['https://x.y/>\n[evil](z)', '<https://x.y/%3E%0A[evil](z)>'],
  ])('to %j is not ended by its address', (url, target) => {
    expect(write('x', { type: 'text_link', offset: 0, length: 1, url })).toBe(`[x](${target})`);
  });

  it('to a person is not ended by the name that they gave themselves', () => {
    const user = { id: 5, first_name: 'a" [x](y)\n' };
    expect(write('x', { type: 'text_mention', offset: 0, length: 1, user })).toBe('[x](tg://user?id=5 "a [x](y) ")');
    const ann = { id: 5, first_name: 'Ann' };
    expect(write('Ann', { type: 'text_mention', offset: 0, length: 3, user: ann })).toBe('[Ann](tg://user?id=5)');
  });
});

/** A text of plain words and emoji with entities wherever they fall, the same for the same number. */
function anyText(seed: number): { text: string; entities: { type: string; offset: number; length: number }[] } {
  let state = seed * 2_654_435_761 + 1;
  const below = (most: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const words = ['one', 'two', '😀', 'שלום', 'é', 'three', '👍🏽'];
  const text = Array.from({ length: 3 + below(12) }, () => words[below(words.length)]).join(' ');
  const kinds = ['bold', 'italic', 'strikethrough', 'text_link', 'code'];
  const entities = Array.from({ length: 1 + below(5) }, () => ({
    ...{ type: kinds[below(kinds.length)] ?? 'bold', offset: below(text.length), length: 1 + below(text.length) },
    url: 'https://x.y',
  }));
  return { text, entities };
}

it('any formatting of any text keeps every word of it, in order', () => {
  const wordsOf = (text: string) => text.match(/[\p{L}\p{M}]+|\p{Emoji_Presentation}/gu)?.join('');
  for (let seed = 0; seed < 200; seed += 1) {
    const { text, entities } = anyText(seed);
    const written = writeMarkdown({ text, entities: readEntities(entities) }).replaceAll('(https://x.y)', '');
    expect(wordsOf(written), `seed ${seed}: ${written}`).toBe(wordsOf(text));
  }
});

it('formatting of whole words is understood by whoever reads Markdown', () => {
  const words = ['one', '😀', 'שלום', 'é', 'two'];
  const text = words.join(' ');
  const kinds = ['bold', 'italic', 'strikethrough', 'text_link', 'code'];
  const range = (from: number, to: number) => {
    const offset = from === 0 ? 0 : words.slice(0, from).join(' ').length + 1;
    return { offset, length: words.slice(from, to).join(' ').length };
  };
  for (const outer of kinds.slice(0, 4))
    for (const inner of kinds.filter((kind) => kind !== outer))
      for (let from = 0; from < words.length; from += 1)
        for (let to = from + 1; to <= words.length; to += 1) {
          // Telegram shows code alone as nothing else, and none in a link.
          if (inner === 'code' && (outer === 'text_link' || to - from === words.length)) continue;
          const url = 'https://x.y/';
          const entities = [
            { type: outer, url, ...range(0, words.length) },
            { type: inner, url, ...range(from, to) },
          ];
          const shown = renderMarkdown(writeMarkdown({ text, entities: readEntities(entities) }));
          expect(shown.text).toBe(text);
          expect(new Set(shown.entities.map(({ type }) => type))).toEqual(new Set([outer, inner]));
        }
});
