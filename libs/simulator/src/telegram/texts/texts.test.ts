import { describe, expect, test } from 'vitest';
import { textFields } from './prepare-text.ts';
import { validateEntities } from './validate-entities.ts';

const TEXT = 'one two three 🚦 four';

function check(...entities: object[]): () => unknown {
  return () => validateEntities(TEXT, entities);
}

describe('entities', () => {
  test('nested ones that follow the rules are taken, sorted outer first', () => {
    const given = [
      { type: 'italic', offset: 4, length: 3 },
      { type: 'bold', offset: 0, length: 13 },
      { type: 'expandable_blockquote', offset: 0, length: TEXT.length },
      { type: 'text_link', offset: 14, length: 2, url: 'https://example.org' },
      { type: 'pre', offset: 17, length: 4, language: 'ts' },
    ];
    expect(validateEntities(TEXT, given).map(({ type }) => type)).toEqual([
      'expandable_blockquote',
      'bold',
      'italic',
      'text_link',
      'pre',
    ]);
  });

  test.each([
    ['an unknown type', { type: 'blink', offset: 0, length: 1 }, 'unknown type "blink"'],
    ['a fraction', { type: 'bold', offset: 0.5, length: 1 }, 'whole numbers'],
    ['a missing length', { type: 'bold', offset: 0 }, 'whole numbers'],
    ['a negative offset', { type: 'bold', offset: -1, length: 2 }, 'covers -1..1'],
    ['an empty range', { type: 'bold', offset: 3, length: 0 }, 'covers 3..3'],
    ['a range behind the end', { type: 'bold', offset: 10, length: 99 }, `of a text of ${TEXT.length}`],
    ['a start inside an emoji', { type: 'bold', offset: 15, length: 3 }, 'begins in the middle'],
    ['an end inside an emoji', { type: 'bold', offset: 13, length: 2 }, 'ends in the middle'],
    ['a link without url', { type: 'text_link', offset: 0, length: 3 }, 'no usable url'],
    ['a relative link', { type: 'text_link', offset: 0, length: 3, url: './readme.md' }, 'no usable url'],
  ])('%s is refused', (_what, entity, problem) => {
    expect(check(entity)).toThrow(problem);
  });

  test.each([
    ['ranges that cross', { type: 'bold', offset: 0, length: 6 }, { type: 'italic', offset: 4, length: 6 }, 'overlaps'],
    [
      'bold inside code',
      { type: 'pre', offset: 0, length: 13 },
      { type: 'bold', offset: 4, length: 3 },
      'may not lie inside',
    ],
    [
      'code inside bold',
      { type: 'bold', offset: 0, length: 13 },
      { type: 'code', offset: 4, length: 3 },
      'may not lie inside',
    ],
    [
      'a quote in a quote',
      { type: 'blockquote', offset: 0, length: 13 },
      { type: 'expandable_blockquote', offset: 4, length: 3 },
      'may not lie inside',
    ],
    [
      'bold in bold',
      { type: 'bold', offset: 0, length: 13 },
      { type: 'bold', offset: 4, length: 3 },
      'may not lie inside',
    ],
  ])('%s are refused', (_what, outer, inner, problem) => {
    expect(check(outer, inner)).toThrow(problem);
  });

  test('no more than 100 have an effect', () => {
    const text = 'x '.repeat(150);
    const many = Array.from({ length: 150 }, (_, at) => ({ type: 'bold', offset: at * 2, length: 1 }));
    expect(validateEntities(text, many)).toHaveLength(100);
  });
});

describe('texts', () => {
  const prepare = (text: string, entities?: unknown) => textFields({ text, entities });

  test('ends are trimmed with their entities, and tabs become spaces', () => {
    const entities = [
      { type: 'bold', offset: 0, length: 6 },
      { type: 'italic', offset: 8, length: 2 },
    ];
    expect(prepare('  a\tbc  \n', entities.slice(0, 1))).toEqual({
      text: 'a bc',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
    });
    expect(prepare('  a\tbc  \n\n', entities)).toMatchObject({ entities: [{ type: 'bold' }] });
  });

  test('the limit counts UTF-16 units after trimming', () => {
    expect(prepare(`${'🚦'.repeat(2048)}   `).text).toHaveLength(4096);
    expect(() => prepare(`${'🚦'.repeat(2048)}x`)).toThrow('message is too long');
  });

  test('commands, links and mentions are found, but not inside code', () => {
    const { text, entities = [] } = prepare(
      '/new@signalbox_sim_bot x: see https://example.org/a?b=c. @ann_home #tag a/b /etc/passwd',
    );
    const found = entities.map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`);
    expect(found).toEqual([
      'bot_command /new@signalbox_sim_bot',
      'url https://example.org/a?b=c',
      'mention @ann_home',
      'hashtag #tag',
    ]);
    expect(prepare('/new', [{ type: 'code', offset: 0, length: 4 }]).entities).toEqual([
      { type: 'code', offset: 0, length: 4 },
    ]);
  });

  test('a parse mode is refused, for the product sends entities', () => {
    expect(() => textFields({ text: 'x', parseMode: 'HTML' })).toThrow('parse_mode');
  });
});
