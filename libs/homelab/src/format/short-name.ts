/** A name that others gave, on one line and not longer than a phone has room for (20 characters). */
export function shortName(name: string, most = 20): string {
  const chars = [...name.replace(/[\s\p{Cc}]+/gu, ' ').trim()];
  return chars.length > most ? `${chars.slice(0, most - 1).join('')}…` : chars.join('');
}
