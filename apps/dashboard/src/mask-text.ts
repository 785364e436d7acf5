/** Fields whose text is a name or a kind and never what somebody wrote. */
const SHOWN = new Set(['kind', 'session', 'persona', 'state', 'version']);

/**
 * The entry of a queue as it may be shown to whoever may see the dashboard: numbers, marks and names stay, every other text becomes its
 * length. What people and Claude write to each other is theirs.
 */
export function maskText(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return SHOWN.has(field) ? value : `(${value.length} characters)`;
  if (Array.isArray(value)) return value.map((each) => maskText(each, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, maskText(each, name)]));
}
