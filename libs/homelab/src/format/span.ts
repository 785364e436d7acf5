/** A length of time in ms as a person says it, in its largest unit: `45 s`, `12 min`, `3 h`, `15 d`. */
export function span(ms: number): string {
  const s = Math.max(0, ms) / 1_000;
  if (s < 60) return `${Math.floor(s)} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min`;
  return s < 2 * 86_400 ? `${Math.floor(s / 3_600)} h` : `${Math.floor(s / 86_400)} d`;
}
