/**
 * Reads the JSON object or array that begins at `from` in a longer text.
 * @returns its value and the index just behind it, or undefined if there is none or it is broken
 */
export function scanJson(text: string, from: number): { value: unknown; end: number } | undefined {
  if (text[from] !== '{' && text[from] !== '[') return undefined;
  const end = findEnd(text, from);
  if (end === undefined) return undefined;
  try {
    return { value: JSON.parse(text.slice(from, end)), end };
  } catch {
    return undefined;
  }
}

/** Counts brackets outside strings; whether they match in kind is left to JSON.parse. */
function findEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
