import stripAnsi from 'strip-ansi';

const ESCAPE = '\u001b';
/** What a sequence of a terminal may begin with that was cut off before its end; an address or a title goes on to the end of the line. */
const CUT_SEQUENCE = /^(?:\][^\n]{0,2000}|\[?[0-?]*[ -/]*)$/;
/** A character that a terminal writes over by the next one, as pages of a manual do for bold. */
const OVERSTRUCK = /[^\n\b][\b](?=[^\n\b])/g;

/**
 * What a program printed for a terminal, as plain text: no colours, titles or movements of the cursor, a line of its own wherever a
 * terminal begins again at the left, no other control characters but line breaks and tabs. To be called before anything is cut or redacted:
 * what is left of half a sequence, or what hides in a word, would not be recognised.
 */
export function plainOutput(text: string): string {
  return withoutSequences(text)
    .replace(/\r\n?/g, '\n')
    .replace(OVERSTRUCK, '')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}

/** Line by line: what is opened in one and never ended takes none of the others with it. */
function withoutSequences(text: string): string {
  const plain = text.split('\n').map(stripAnsi).join('\n');
  const at = plain.lastIndexOf(ESCAPE);
  return at >= 0 && CUT_SEQUENCE.test(plain.slice(at + 1)) ? plain.slice(0, at) : plain;
}
