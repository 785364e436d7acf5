import { type Conversation, transcriptOf } from './conversation.ts';
import { readRows } from './read-transcript.ts';
import { hasToolResult, isInterruption, isOfTheCli, type TranscriptRow, textOf } from './row.ts';

/** Longest description of a use of a tool, in UTF-16 units. */
const LONGEST_USE = 500;

/** Folds the rows of a transcript, in order, into Markdown: what a person and Claude said, and which tools were used. Pure. */
export class ConversationFold {
  readonly #redactBeginning: (text: string) => string;
  readonly #parts: string[] = [];
  #speaker: 'person' | 'claude' | undefined;

  /** @param redactBeginning takes secrets out of a text that is about to be cut: half of one would not be recognised */
  constructor(redactBeginning: (text: string) => string) {
    this.#redactBeginning = redactBeginning;
  }

  get markdown(): string {
    return this.#parts.join('\n\n');
  }

  add(row: TranscriptRow): void {
    if (row.isSidechain || row.isMeta) return;
    if (row.type === 'user') this.#addUser(row);
    else if (row.type === 'assistant') this.#addAssistant(row);
  }

  #addUser(row: TranscriptRow): void {
    const text = textOf(row).trim();
    if (hasToolResult(row) || text === '' || isOfTheCli(row)) return;
    if (row.isCompactSummary) this.#note('From here on Claude remembers a summary of what is above.');
    else if (isInterruption(row)) this.#note('Interrupted.');
    else {
      this.#speak('person', row);
      this.#parts.push(text);
    }
  }

  #addAssistant(row: TranscriptRow): void {
    const text = textOf(row).trim();
    if (row.isApiErrorMessage) this.#note(text || 'The request failed.');
    if (row.isApiErrorMessage || row.message?.model === '<synthetic>') return;
    const uses = (row.message?.content ?? []).filter(({ type }) => type === 'tool_use');
    if (text === '' && uses.length === 0) return;
    this.#speak('claude', row);
    if (text !== '') this.#parts.push(text);
    for (const { name = '', input = {} } of uses) this.#parts.push(describeUse(name, input, this.#redactBeginning));
  }

  #speak(speaker: 'person' | 'claude', { timestamp }: TranscriptRow): void {
    if (speaker === this.#speaker && speaker === 'claude') return;
    this.#speaker = speaker;
    const at = timestamp === undefined ? '' : ` · ${timestamp.slice(0, 16).replace('T', ' ')} UTC`;
    this.#parts.push(`## ${speaker === 'person' ? 'You' : 'Claude'}${at}`);
  }

  #note(text: string): void {
    this.#speaker = undefined;
    this.#parts.push(`*${text}*`);
  }
}

function describeUse(name: string, input: Record<string, unknown>, redactBeginning: (text: string) => string): string {
  const { command, file_path: path } = input;
  const what = typeof command === 'string' ? command : typeof path === 'string' ? path : JSON.stringify(input);
  const cut =
    what.length > LONGEST_USE
      ? `${redactBeginning(what)
          .slice(0, LONGEST_USE)
          .replace(/[\ud800-\udbff]$/, '')}…`
      : what;
  const fence = '`'.repeat(Math.max(3, ...[...cut.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${name}:\n\n${fence}\n${cut}\n${fence}`;
}

/** A conversation as Markdown, as its transcript has it now; undefined if there is none. */
export async function exportConversation(
  session: Conversation,
  redactBeginning: (text: string) => string,
): Promise<string | undefined> {
  const path = await transcriptOf(session);
  if (path === undefined) return undefined;
  const fold = new ConversationFold(redactBeginning);
  for await (const { row } of readRows(path)) fold.add(row);
  return fold.markdown;
}
