const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** The CLI takes any UUID for a message or a session, and nothing else. */
export function requireUuid(name: string, value: string): void {
  if (!UUID.test(value)) throw new Error(`Expected \`${name}\` to be a UUID, got '${value}'.`);
}
