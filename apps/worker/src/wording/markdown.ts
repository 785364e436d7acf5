/** Characters that cannot be seen, or that turn the direction of writing: what is shown would not be what is meant. */
const HIDDEN = /[^\P{C}\n\t]|[\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

/** `text` with everything in it that could hide something made visible, such as `\u202e`. */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** `text` in the middle of Markdown, as one line that formats nothing. */
export function escaped(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#~|$]/g, '\\$&');
}
