/** A SHA-256 fingerprint, with colons or without, in any case, as Node shows it (`AB:CD:…`); `undefined` if it is none. */
export function readFingerprint(text: string): string | undefined {
  const digits = text.trim().replaceAll(':', '').toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) return undefined;
  return digits.match(/../g)?.join(':');
}
