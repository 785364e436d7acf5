import { describeElapsed, type LiveFrame, type Todo } from '@signalbox/contracts';
import { describeTool } from '../rendering/describe-tool.ts';
import { renderMarkdown } from '../rendering/markdown/render-markdown.ts';
import { cleanText, type FormattedText } from '../rendering/text/formatted-text.ts';
import { MAX_MESSAGE_LENGTH, splitMessage } from '../rendering/text/split-message.ts';
import { words } from '../wording/words.ts';

/** How many lines the things to do take at most. */
const MOST_LINES = 8;
const MARKS: Readonly<Record<Todo['state'], string>> = { done: '✅', running: '▶️', waiting: '◻️' };

/**
 * What a place sees of a running turn: what Claude writes, and below it what there is to do, which tool runs or what is waited for, and for how
 * long the turn has run. It fits one message. Blank if there is nothing to tell yet.
 */
export function composeView(frame: LiveFrame): FormattedText {
  const status = [...todoLines(frame.todos ?? []), lastLine(frame)].filter((line) => line !== '').join('\n');
  if (frame.text === undefined) return { text: status, entities: [] };
  const room = MAX_MESSAGE_LENGTH - status.length - 2;
  const shown = splitMessage(renderMarkdown(frame.text), room).at(-1) ?? { text: '', entities: [] };
  return { ...shown, text: [shown.text, status].filter((part) => part !== '').join('\n\n') };
}

/** Whether a frame tells nothing but that the turn runs. */
export function isBare({ text, tool, todos = [], heldUpBy }: LiveFrame): boolean {
  return text === undefined && tool === undefined && todos.length === 0 && heldUpBy === undefined;
}

function lastLine(frame: LiveFrame): string {
  // For how long is up to the person; a message need not be edited every few seconds to say that.
  if (frame.heldUpBy === 'answer') return words.heldUpBy.answer;
  const elapsed = describeElapsed(frame.runningMs ?? 0);
  if (frame.heldUpBy) return [words.heldUpBy[frame.heldUpBy], elapsed].filter(Boolean).join(' · ');
  if (frame.tool) return [`⚙️ ${describeTool(frame.tool.name, frame.tool.input)}`, elapsed].filter(Boolean).join(' · ');
  if (elapsed === undefined) return '';
  return isBare(frame) ? `💭 Thinking… · ${elapsed}` : `⏱ ${elapsed}`;
}

/** A list that is too long is shown from what was done last on; the rest is counted. */
function todoLines(todos: readonly Todo[]): string[] {
  const asLine = ({ text, state }: Todo) => `${MARKS[state]} ${cleanText(text).replace(/\s+/g, ' ').trim()}`;
  if (todos.length <= MOST_LINES) return todos.map(asLine);
  const open = todos.filter(({ state }) => state !== 'done');
  const done = todos.length - open.length;
  const first = done === 0 ? [] : [`✅ ${done} done`];
  const shown = open.slice(0, MOST_LINES - 2).map(asLine);
  const more = open.length - shown.length;
  return [...first, ...shown, ...(more === 0 ? [] : [`… and ${more} more`])];
}
