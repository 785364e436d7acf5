import type { MessageKind } from './history.ts';
import type { Random } from './random.ts';

/** How often each kind is written, of twelve. */
const SHARES: readonly MessageKind[] = [
  ...repeat('plain', 6),
  ...repeat('slow', 2),
  ...repeat('tool', 3),
  ...repeat('question', 1),
];

/** What a person writes: its kind, and a text that names the message and tells the simulated model what to answer. */
export function composeText(id: string, effectsFile: string, random: Random): { kind: MessageKind; text: string } {
  const kind = random.pick(SHARES) ?? 'plain';
  const answer = `[[say Answer ${id}.]]`;
  if (kind === 'plain') return { kind, text: `#${id} ${answer}` };
  if (kind === 'slow') {
    const slowly = random.chance(0.5) ? '[[wait 3000]]' : '[[stream 200 over 2500]]';
    return { kind, text: `#${id} ${slowly}${answer}` };
  }
  if (kind === 'question') {
    const options = ['Red', 'Blue'].map((label) => ({ label, description: `It is ${label}` }));
    const question = { question: `Which colour for ${id}?`, header: 'Colour', options, multiSelect: false };
    return { kind, text: `#${id} [[tool AskUserQuestion ${JSON.stringify({ questions: [question] })}]]${answer}` };
  }
  // The time stands beside the id, so that the history knows when the tool ran.
  const command = `echo ${id} $(date +%s%3N) >> '${effectsFile}'; sleep 0.${random.between(1, 9)}`;
  const tool = `[[tool Bash ${JSON.stringify({ command, description: 'Note the message' })}]]`;
  return { kind, text: `#${id} [[say Note ${id}.]]${tool}${answer}` };
}

/** The message of which a text of the bot asks, if it is the question that such a message has Claude ask. Pure. */
export function questionOf(text: string): string | undefined {
  return /Which colour for ([a-z]\w*-\d+)\?/.exec(text)?.[1];
}

function repeat(kind: MessageKind, times: number): MessageKind[] {
  return Array.from({ length: times }, () => kind);
}
