import { describe, expect, it } from 'vitest';
import { plainText } from '../text/formatted-text.ts';
import { renderMarkdown } from './render-markdown.ts';

/** The text with each entity's content behind it, as `type:content`. */
function shown(markdown: string): { text: string; entities: string[] } {
  const { text, entities } = renderMarkdown(markdown);
  const content = (offset: number, length: number) => text.slice(offset, offset + length);
  return { text, entities: entities.map(({ type, offset, length }) => `${type}:${content(offset, length)}`) };
}

describe('inline formatting', () => {
  it('becomes entities counted in UTF-16 units', () => {
    expect(renderMarkdown('👍🏽 **bold** and *it*')).toEqual({
      text: '👍🏽 bold and it',
      entities: [
        { type: 'bold', offset: 5, length: 4 },
        { type: 'italic', offset: 14, length: 2 },
      ],
    });
  });

  it('is closed before code and reopened after it', () => {
    expect(shown('**a `b` c**').entities).toEqual(['bold:a', 'code:b', 'bold:c']);
    expect(shown('# **a** `b`').entities).toEqual(['bold:a', 'code:b']);
  });

  it('is written once where bold stands in bold', () => {
    expect(shown('# a **b** c').entities).toEqual(['bold:a b c']);
  });

  it.each(['**open', '*a **b', '`code', '[link](http', '~~x', '![a', '# ', '> ', '- [', '|a|b|\n|-'])(
    'shows the unclosed %j as text',
    (markdown) => {
      expect(() => renderMarkdown(markdown)).not.toThrow();
      expect(renderMarkdown(markdown).text).not.toBe('');
    },
  );

  it('shows HTML as text and decodes entities', () => {
    expect(renderMarkdown('<b>x</b> &amp; a<hr>b')).toEqual({ text: '<b>x</b> & a<hr>b', entities: [] });
  });

  it('is bold and struck next to the punctuation of scripts that put no blanks between words', () => {
    expect(shown('これは**「重要」**です。').entities).toEqual(['bold:「重要」']);
    expect(shown('**注意：**请先备份。**完成。**然后').entities).toEqual(['bold:注意：', 'bold:完成。']);
    expect(shown('가**(나)**다 ~~「x」~~だ').entities).toEqual(['bold:(나)', 'strikethrough:「x」']);
    expect(shown('2**3**4 snake_case_name a**(b)**c').entities).toEqual(['bold:3']);
  });

  it('leaves LaTeX legible, and money and shell variables alone', () => {
    expect(shown('\\(a_1 * b_2\\) $x_{i}$').text).toBe('\\(a_1 * b_2\\) $x_{i}$');
    expect(shown('$$\na_1 \\\\\n- b\n$$').entities).toEqual(['pre:a_1 \\\\\n- b']);
    expect(shown('$5 *or* $10')).toEqual({ text: '$5 or $10', entities: ['italic:or'] });
    expect(shown('US$ *or*,A$.').entities).toEqual(['italic:or']);
    expect(shown('US$,*or*,A$.').entities).toEqual(['italic:or']);
  });
});

describe('links', () => {
  it('are entities when Telegram takes the address', () => {
    expect(renderMarkdown('[docs](https://example.org/a)').entities).toEqual([
      { type: 'text_link', url: 'https://example.org/a', offset: 0, length: 4 },
    ]);
  });

  it.each([
    ['[app](src/app.ts:12)', 'app (src/app.ts:12)'],
    ['[nas](http://nas:8006/)', 'nas (http://nas:8006/)'],
    ['[x](javascript:alert(1))', 'x (javascript:alert(1))'],
    ['[who](tg://user?id=1)', 'who (tg://user?id=1)'],
    ['[src/app.ts](src/app.ts)', 'src/app.ts'],
    ['<me@example.org>', 'me@example.org'],
    ['![](p.png)', 'image (p.png)'],
  ])('become text when it does not: %s', (markdown, text) => {
    expect(renderMarkdown(markdown)).toEqual({ text, entities: [] });
  });

  it('win over code inside them, since the two may not overlap', () => {
    expect(shown('[`x`](https://example.org)').entities).toEqual(['text_link:x']);
  });

  it('keep an address that has no label', () => {
    expect(shown('[](https://example.org/a)').entities).toEqual(['text_link:https://example.org/a']);
  });

  it('show definitions that no link uses, and only those', () => {
    expect(shown('[a][1]\n\n[1]: https://example.org/1\n[2]: https://example.org/2').text).toBe(
      'a\n\n[2]: https://example.org/2',
    );
    expect(shown('[ERROR]: disk-full').text).toBe('[ERROR]: disk-full');
  });
});

describe('lists', () => {
  it('have bullets, numbers, boxes and nesting', () => {
    const markdown = '3. a\n4. b\n   - c\n     - [x] d\n     - [ ] e\n\nend';
    expect(renderMarkdown(markdown).text).toBe('3. a\n4. b\n   ◦ c\n      ☑ d\n      ☐ e\n\nend');
  });

  it('keep a blank line between items that have one, and indent what follows in an item', () => {
    expect(renderMarkdown('- a\n\n  b\n- c').text).toBe('• a\n\n   b\n\n• c');
  });

  it('put code at the margin, with the bullet on a line of its own if it comes first', () => {
    expect(shown('1. ```sh\n     ls\n   ```')).toEqual({ text: '1.\n  ls', entities: ['pre:  ls'] });
  });
});

describe('quotes', () => {
  it('are one entity, with quotes in them marked as in mail', () => {
    expect(shown('> a\n>> b\n>> c')).toEqual({ text: 'a\n\n> b\n> c', entities: ['blockquote:a\n\n> b\n> c'] });
  });

  it('may hold code that begins with blanks', () => {
    expect(shown('> ```\n>     x\n> ```').entities).toEqual(['blockquote:    x', 'pre:    x']);
  });
});

describe('code blocks', () => {
  it('keep language and indentation, with tabs as blanks', () => {
    expect(renderMarkdown('```ts\n\tx\n```')).toEqual({
      text: '    x',
      entities: [{ type: 'pre', language: 'ts', offset: 0, length: 5 }],
    });
  });

  it('show what else stands on the line of the fence', () => {
    expect(shown('```js title="a.js"\nx\n```').text).toBe('title="a.js"\n\nx');
    expect(shown('```the whole answer').text).toBe('the whole answer');
  });
});

describe('tables', () => {
  it('are aligned by the width of the characters', () => {
    expect(shown('|a|数|\n|-|-:|\n|日本|1|\n|😀|22|').entities).toEqual(['pre:a     数\n----  --\n日本   1\n😀    22']);
  });

  it('become records when they are wide or hold links', () => {
    const wide = `|Name|Text|\n|-|-|\n|x|${'word '.repeat(12)}|\n|y||`;
    expect(shown(wide).text).toBe(`Name: x\nText: ${'word '.repeat(12).trim()}\n\nName: y\nText: –`);
    expect(shown('|a|\n|-|\n|[x](https://example.org)|').entities).toEqual(['bold:a:', 'text_link:x']);
  });

  it('are shown as written when a row has more cells than there are columns', () => {
    expect(shown('|a|b|\n|-|-|\n|`x | y`|z|').text).toBe('|a|b|\n|-|-|\n|`x | y`|z|');
  });
});

describe('text that is no Markdown', () => {
  it('is shown as written when it is nested too deep or would show nothing', () => {
    const deep = `before\n\n${'> '.repeat(200)}x`;
    expect(renderMarkdown(deep)).toEqual({ text: deep, entities: [] });
    expect(renderMarkdown('[]()').text).toBe('[]()');
    expect(renderMarkdown(' \n\t').text).toBe('');
  });

  it('loses what the server would refuse or change', () => {
    expect(plainText('\ta\r\nb\0\u202ec\ud800 \u001b[31m')).toEqual({ text: 'a\nbc\ufffd', entities: [] });
  });
});
