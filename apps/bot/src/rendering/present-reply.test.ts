import { describe, expect, it } from 'vitest';
import { presentReply } from './present-reply.ts';

const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `Paragraph **${index}** ${'word '.repeat(50)}`).join('\n\n');

describe('presentReply', () => {
  it('gives messages as long as three are enough', () => {
    const shown = presentReply(paragraphs(40));
    expect(shown.kind === 'messages' && shown.parts.length).toBe(3);
    expect(presentReply(' ')).toEqual({ kind: 'messages', parts: [] });
  });

  it('gives the whole Markdown as a document beyond, with a beginning that ends at a paragraph', () => {
    const markdown = paragraphs(80);
    const shown = presentReply(markdown);
    if (shown.kind !== 'document') throw new Error('Expected a document');
    expect(shown.content).toBe(markdown);
    expect(shown.name).toMatch(/^[a-z]+\.md$/);
    expect(shown.beginning.text).toMatch(/ word\n\n⋯ The rest is in the file\.$/);
    expect(shown.beginning.text.length).toBeLessThanOrEqual(1_000);
    expect(shown.beginning.entities[0]).toEqual({ type: 'bold', offset: 10, length: 1 });
  });

  it('gives a huge text as a document without rendering all of it', () => {
    const markdown = `# Start\n\n${'[a](<b'.repeat(500_000)}`;
    const start = performance.now();
    const shown = presentReply(markdown);
    const tookMs = performance.now() - start;
    expect(shown).toMatchObject({ kind: 'document', content: markdown });
    expect(tookMs).toBeLessThan(5_000);
  });
});
