/** What a service wrote, as one line of at most `max` characters. */
export function oneLine(text: string, max = 40): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}
