import type { Tool } from '@signalbox/claude';
import type { Report } from '@signalbox/homelab';
import { z } from 'zod';

/** What Claude can ask about the house. */
export interface HouseView {
  /** What can be asked, each by a word. */
  readonly topics: readonly { readonly name: string; readonly usage: string; readonly description: string }[];
  /** Asks. `args`: the words behind the command of the chat. */
  look(name: string, args: readonly string[], signal: AbortSignal): Promise<Report>;
}

/** What the tools are called: `homelab_kuma` asks what `/kuma` answers. */
const PREFIX = 'homelab_';

const inputSchema = z.object({ words: z.string().max(200).optional() });

/** The tools for what a persona lists of the house, by their names such as `homelab_status`. They only read. */
export function houseTools({ topics, look }: HouseView, listed: readonly string[]): Tool[] {
  return topics
    .filter(({ name }) => listed.includes(PREFIX + name))
    .map(({ name, usage, description }) => ({
      name: PREFIX + name,
      description: `${description}. Read-only. \`words\` is what follows the command in the chat: ${usage}`,
      inputSchema: {
        type: 'object',
        properties: { words: { type: 'string', description: 'A name or a filter; nothing for all' } },
        additionalProperties: false,
      },
      readOnly: true,
      async run(input, signal) {
        const parsed = inputSchema.safeParse(input).data;
        if (!parsed) return { text: 'Expected { "words"?: string } of at most 200 characters.', isError: true };
        const args = parsed.words?.split(/\s+/).filter(Boolean) ?? [];
        return { text: reportAsText(await look(name, args, signal)) };
      },
    }));
}

/** Whether a persona's rule names a tool of the house, and not one of the CLI's own. */
export function isHouseTool(rule: string): boolean {
  return rule.startsWith(PREFIX);
}

/** A report in words, for a model. */
function reportAsText({ level, title, lines, table }: Report): string {
  const said = lines.map((line) => (line.level ? `[${line.level}] ${line.text}` : line.text));
  const rows = table ? [table.head, ...table.rows].map((row) => row.join(' | ')) : [];
  return [`${title} (${level})`, ...said, ...rows].join('\n');
}
