import type { ToolCall } from '@signalbox/contracts';
import { describeTool } from './describe-tool.ts';
import { cleanText, type FormattedText, type MessageEntity } from './text/formatted-text.ts';

/** Uses of tools as a title and, folded below it, what each was given and gave back. */
export function presentCalls(calls: readonly ToolCall[]): FormattedText {
  const title = `🔧 ${calls[0]?.bySubagent ? 'Subagent: ' : ''}${titleOf(calls)}`;
  let text = `${title}\n`;
  const start = text.length;
  const inner: MessageEntity[] = [];
  for (const [index, { name, detail, output, isError }] of calls.entries()) {
    if (index > 0) text += '\n\n';
    const head = `${isError ? '✗' : '✓'} ${cleanText(name)}`;
    inner.push({ type: 'bold', offset: text.length, length: head.length });
    text += head;
    const given = cleanText(detail).trim();
    if (given !== '') {
      inner.push({ type: 'code', offset: text.length + 1, length: given.length });
      text += `\n${given}`;
    }
    const gave = cleanText(output).trim();
    if (gave !== '') text += `\n${gave}`;
  }
  const fold = { type: 'expandable_blockquote', offset: start, length: text.length - start } as const;
  return { text, entities: [{ type: 'bold', offset: 0, length: title.length }, fold, ...inner] };
}

/** What one did, or how many there were of which. */
function titleOf(calls: readonly ToolCall[]): string {
  const [first] = calls;
  if (first && calls.length === 1) return describeTool(first.name, first.input).replace(/…$/, '');
  const counts = new Map<string, number>();
  for (const { name } of calls) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${count} × ${name}` : name)).join(', ');
}
