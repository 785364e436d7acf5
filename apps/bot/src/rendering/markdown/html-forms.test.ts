import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './render-markdown.ts';

/** The text with each entity's content behind it, as `type:content`. */
function shown(markdown: string): { text: string; entities: string[] } {
  const { text, entities } = renderMarkdown(markdown);
  const content = (offset: number, length: number) => text.slice(offset, offset + length);
  return { text, entities: entities.map(({ type, offset, length }) => `${type}:${content(offset, length)}`) };
}
const asWritten = (markdown: string) => ({ text: markdown, entities: [] });

describe('<details>', () => {
  it('is a folded quote with its title, and Markdown in it', () => {
    const markdown = 'a\n<details>\n<summary>The <b>log</b></summary>\n\n**x**\n\n```sh\nls\n```\n\n</details>\nb';
    expect(shown(markdown)).toEqual({
      text: 'a\n\nThe log\nx\n\nls\n\nb',
      entities: ['expandable_blockquote:The log\nx\n\nls', 'bold:The log', 'bold:x', 'pre:ls'],
    });
  });

  it.each([
    ['on one line', '<details><summary>S</summary>in *it*</details> after', 'S\nin it\n\nafter'],
    ['without a title', '<DETAILS open="">\nin *it*\n</DETAILS>', 'in it'],
    ['with a title over lines', '<details>\n<summary>\n S\n</summary>\nin *it*</details>', 'S\nin it'],
    ['that opens in the line of its text', '<details> in\n*it*\n\n</details>', 'in\nit'],
    ['in an item', '- a\n  <details><summary>S</summary>\n\n  *in*\n  </details>\n- b', '• a\nS\nin\n\n• b'],
  ])('%s is one too', (_how, markdown, text) => {
    const result = shown(markdown);
    expect(result.text).toBe(text);
    expect(result.entities).toContainEqual(expect.stringMatching(/^expandable_blockquote:/));
    expect(result.entities).toContainEqual(expect.stringMatching(/^italic:/));
  });

  it('in another, or in a quote, is marked as a quote in a quote is', () => {
    expect(shown('<details>\na\n<details><summary>S</summary>b</details>\n\nc\n</details>')).toEqual({
      text: 'a\n\n> S\n> b\n\nc',
      entities: ['expandable_blockquote:a\n\n> S\n> b\n\nc', 'bold:S'],
    });
    expect(shown('> a\n> <details>b</details>').entities).toEqual(['blockquote:a\n\n> b']);
  });

  it('ends where its own closing tag stands, not one in code', () => {
    const markdown = '<details>\n`</details>`\n~~~\n</details>\n~~~\nin\n</details>\nout';
    expect(shown(markdown).entities[0]).toBe('expandable_blockquote:</details>\n\n</details>\n\nin');
  });

  it.each([
    '<details>',
    '<details><summary>S</summary>\n\nunclosed',
    'a <details>b</details>',
    '</details>',
    '<detailsx>a</detailsx>',
    '<details',
    '> <details>\n\n</details>',
  ])('that is not whole, or no block, is shown as it is: %j', (markdown) => {
    expect(renderMarkdown(markdown).text).toBe(markdown.replace(/^> /, ''));
  });
});

describe('within a line', () => {
  it('<br> ends it, and two leave one empty', () => {
    expect(renderMarkdown('a <br> b<br/>c<BR />\nd<br><br>e').text).toBe('a\nb\nc\nd\n\ne');
  });

  it('<kbd> is code, with what entities stand for', () => {
    expect(shown('**press <kbd>Ctrl</kbd>+<kbd>&lt;</kbd>**')).toEqual({
      text: 'press Ctrl+<',
      entities: ['bold:press', 'code:Ctrl', 'bold:+', 'code:<'],
    });
  });

  it('an image is its alternative text with the address', () => {
    const markdown =
      '<img width="9" src="https://example.org/a.png" alt="A &quot;b&quot;" /> <img src=\'p.png\' alt=c>';
    expect(renderMarkdown(markdown)).toEqual({
      text: 'A "b" c (p.png)',
      entities: [{ type: 'text_link', url: 'https://example.org/a.png', offset: 0, length: 5 }],
    });
    expect(shown('[<img src="b.svg" alt="build">](https://example.org)').entities).toEqual(['text_link:build']);
  });

  it('a comment is nothing', () => {
    expect(shown('a <!-- b --> c\n\n<!-- d\n\ne --> f\n\n<!-- g -->\n# h\n<!-- i -->').text).toBe('a c\n\nf\n\nh');
    expect(shown('a\n<!-- b -->\nc').text).toBe('a\nc');
  });

  it.each([
    'Vec<String> <T> </T> a<b>c <script>x</script> <br',
    '<kbd></kbd> <kbd>a',
    '<img alt="no address"> <img src="x" <brx>',
    'a <!-- b',
    '<!-- b\n\n<!-- c',
    '<div class="x">',
    '<a href="https://example.org">x</a>',
  ])('anything else is shown as it is: %j', (markdown) => {
    expect(renderMarkdown(markdown)).toEqual(asWritten(markdown));
  });

  it('a comment that is not closed takes nothing with it, neither the next one nor code with an arrow', () => {
    expect(shown('a <!-- b <!-- c --> d').text).toBe('a <!-- b d');
    expect(shown('<!-- b\n\nc <!-- d -->').text).toBe('<!-- b\n\nc');
    expect(shown('<!-- b\n\n```\nA --> B\n```').entities).toEqual(['pre:A --> B']);
  });

  it('in code is code', () => {
    expect(shown('`<br><!-- a --><kbd>b</kbd>`').entities).toEqual(['code:<br><!-- a --><kbd>b</kbd>']);
    expect(shown('    <details>\n    </details>').entities).toEqual(['pre:<details>\n</details>']);
  });

  it('is not all of an answer: one that would show nothing is shown as it is', () => {
    expect(renderMarkdown('<!-- nothing -->')).toEqual(asWritten('<!-- nothing -->'));
  });
});

describe('<table>', () => {
  const table = (rows: string) => `<table border="1">\n${rows}\n</table>`;

  it('is a table, with the alignment and the lines of its cells', () => {
    const rows = '<thead><tr><th>Name<th align="right">GB</thead>\n<tr><td>a<br>b</td>\n<td><code>1|2</code></td></tr>';
    expect(shown(`x\n${table(rows)} y`)).toEqual({
      text: 'x\n\nName   GB\n----  ---\na     1|2\nb\n\ny',
      entities: ['pre:Name   GB\n----  ---\na     1|2\nb'],
    });
  });

  it('has no header if no cell says so, and is records if it is wide or has links', () => {
    expect(shown(table('<tr><td>a</td><td>b</td></tr>')).text).toBe('a  b');
    const linked = '<tr><th>Who</th></tr><tr><td>[x](https://example.org)<br>y</td></tr>';
    expect(shown(table(linked))).toEqual({ text: 'Who: x\ny', entities: ['bold:Who:', 'text_link:x'] });
  });

  it.each([
    '<tr><td colspan="2">a</td></tr>',
    '<tr><td><ul><li>a</li></ul></td></tr>',
    'text <tr><td>a</td></tr>',
    '<caption>c</caption><tr><td>a</td></tr>',
    '<tr><td><table></table></td></tr>',
    '',
  ])('that is not simple is shown as it is: %j', (rows) => {
    expect(renderMarkdown(table(rows))).toEqual(asWritten(table(rows)));
  });
});

describe('a marked quote', () => {
  it.each([
    ['NOTE', 'ℹ️ Note'],
    ['TIP', '💡 Tip'],
    ['IMPORTANT', '❗ Important'],
    ['WARNING', '⚠️ Warning'],
    ['caution', '🛑 Caution'],
  ])('[!%s] has a title', (mark, title) => {
    expect(shown(`> [!${mark}]\n> a *b*`)).toEqual({
      text: `${title}\na b`,
      entities: [`blockquote:${title}\na b`, `bold:${title}`, 'italic:b'],
    });
  });

  it('may have its text in the same line; other marks are text', () => {
    expect(shown('> [!NOTE] a').text).toBe('ℹ️ Note\na');
    expect(shown('> [!OTHER]\n> a').text).toBe('[!OTHER]\na');
    expect(shown('[!NOTE]\na').text).toBe('[!NOTE]\na');
  });
});
