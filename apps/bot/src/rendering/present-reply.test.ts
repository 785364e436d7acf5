import { describe, expect, it } from 'vitest';
import { presentReply } from './present-reply.ts';

const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `Paragraph **${index}** ${'word '.repeat(50)}`).join('\n\n');
const code = (lines: number) => Array.from({ length: lines }, (_, index) => `line ${index} of the code\n`).join('');

describe('presentReply', () => {
  it('gives messages as long as three are enough', () => {
    const { messages, files } = presentReply(paragraphs(40));
    expect([messages.length, files.length]).toEqual([3, 0]);
    expect(presentReply(' ')).toEqual({ messages: [], files: [] });
  });

  it('gives the whole Markdown as a document beyond, with a beginning that ends at a paragraph', () => {
    const markdown = paragraphs(80);
    const { messages, files } = presentReply(markdown);
    const [file] = files;
    expect([messages.length, files.length, file?.content]).toEqual([0, 1, markdown]);
    expect(file?.name).toMatch(/^[a-z]+\.md$/);
    expect(file?.caption.text).toMatch(/ word\n\n⋯ The rest is in the file\.$/);
    expect(file?.caption.text.length).toBeLessThanOrEqual(1_000);
    expect(file?.caption.entities[0]).toEqual({ type: 'bold', offset: 10, length: 1 });
  });

  it('gives a huge text as a document without rendering all of it', () => {
    const begun = (words: string) => `See [there].\n\n${words}\n\n[there]: https://example.com/`;
    const [long, huge] = [begun('words '.repeat(10_000)), begun('[a](<b'.repeat(500_000))];
    // Whoever reads it to its end knows where the link leads.
    expect(presentReply(long).files[0]?.caption.text).toMatch(/^See there\./);
    const [file] = presentReply(huge).files;
    expect(file).toMatchObject({ name: 'answer.md', content: huge });
    expect(file?.caption.text).toMatch(/^See \[there\]\./);
  });

  it('that is to be short gives a document for what would have been one long message', () => {
    expect(presentReply(paragraphs(4), { shorten: true }).messages).toHaveLength(1);
    const { messages, files } = presentReply(paragraphs(8), { shorten: true });
    expect([messages.length, files[0]?.content]).toEqual([0, paragraphs(8)]);
    expect(presentReply(paragraphs(8)).messages).toHaveLength(1);
  });
});

describe('code that fits no message', () => {
  it('becomes a file with its tabs and the right name, to which the text refers; other code stays where it is', () => {
    const make = `all:\n\t${'echo long; '.repeat(400)}\n`;
    const markdown = `Run this:\n\n\`\`\`sh\nmake\n\`\`\`\n\n\`\`\`makefile\n${make}\`\`\`\n\nand \`src/app.py\`:\n\n~~~\n${code(300)}~~~\n\nDone.`;
    const { messages, files } = presentReply(markdown);
    expect(messages.map(({ text }) => text)).toEqual([
      'Run this:\n\nmake\n\n📎 Makefile\n\nand src/app.py:\n\n📎 app.py\n\nDone.',
    ]);
    expect(files.map(({ name, content }) => [name, content])).toEqual([
      ['Makefile', make],
      ['app.py', code(300)],
    ]);
  });

  it('is kept to the letter wherever it stands', () => {
    const inList = `- first\n\n  \`\`\`ts\n${code(300).replace(/^/gm, '  ').trimEnd()}\n  \`\`\`\n`;
    expect(presentReply(inList).files).toMatchObject([{ name: 'block-1.ts', content: code(300) }]);
    const unclosed = `\`\`\`py\n${code(300)}`;
    expect(presentReply(unclosed).files).toMatchObject([{ name: 'block-1.py', content: code(300) }]);
    const indented = code(300).replace(/^/gm, '    ').trimEnd();
    expect(presentReply(`text\n\n${indented}`).files).toMatchObject([{ name: 'block-1.txt', content: code(300) }]);
    const twice = `\`\`\`dockerfile\n${code(300)}\`\`\`\n\n`.repeat(2);
    expect(presentReply(twice).files.map(({ name }) => name)).toEqual(['Dockerfile', '2-Dockerfile']);
  });

  it('is in the document if the text alone is one already', () => {
    const markdown = `${paragraphs(80)}\n\n\`\`\`ts\n${code(300)}\`\`\``;
    expect(presentReply(markdown).files.map(({ name, content }) => [name, content])).toEqual([['answer.md', markdown]]);
  });
});
