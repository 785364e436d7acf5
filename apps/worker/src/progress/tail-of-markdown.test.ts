import { describe, expect, it } from 'vitest';
import { tailOfMarkdown } from './tail-of-markdown.ts';

describe('the end of a text that grows', () => {
  it('is all of it while it is short', () => {
    expect(tailOfMarkdown('one\n\ntwo', 8)).toBe('one\n\ntwo');
  });

  it.each([
    ['a paragraph', `${'a'.repeat(40)}\n\n${'b'.repeat(40)}`, `…\n\n${'b'.repeat(40)}`],
    ['a line', `${'a'.repeat(40)}\n${'b'.repeat(40)}`, `…\n\n${'b'.repeat(40)}`],
    ['a word', 'word '.repeat(20), `…\n\n${'word '.repeat(11)}`],
    ['a character', '😀'.repeat(50), `…\n\n${'😀'.repeat(28)}`],
  ])('begins at %s', (_place, text, tail) => {
    expect(tailOfMarkdown(text, 60)).toBe(tail);
  });

  it('opens the code block again that it begins in, and none that is closed', () => {
    const code = `intro\n\n~~~py\n${'line()\n'.repeat(20)}`;
    expect(tailOfMarkdown(code, 60)).toMatch(/^…\n\n~~~py\n(line\(\)\n)+$/);
    expect(tailOfMarkdown(`${code}~~~\n${'text\n'.repeat(20)}`, 60)).toMatch(/^…\n\n(text\n)+$/);
    expect(tailOfMarkdown(`- \`\`\`\n  ${code}`, 60)).toContain('```');
    expect(tailOfMarkdown('```inline``` x\n'.repeat(9), 60)).not.toMatch(/```\n/);
  });

  it('is never longer than asked for, wherever it is cut', () => {
    const text = `# A\n\n\`\`\`typescript title="x"\n${'const x = 1;\n'.repeat(30)}\`\`\`\n\n${'words 😀 and more. '.repeat(30)}`;
    for (let end = 200; end <= text.length; end += 1) {
      const tail = tailOfMarkdown(text.slice(0, end), 200);
      expect(tail.length).toBeLessThanOrEqual(200);
      expect(text.slice(0, end).endsWith(tail.slice(-40))).toBe(true);
    }
  });
});
