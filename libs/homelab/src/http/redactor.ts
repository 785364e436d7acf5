/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** Shorter values stand in too many innocent texts to be told apart, in characters. */
const SHORTEST = 4;

/** Finds the secrets also as they stand in JSON, in an address, and within what Basic authentication makes of them. */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...inBase64(secret)])
    .filter((form) => form.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text);
}

/** What base64 makes of a value that stands behind anything: of three bytes at a time, so there are three ways. */
function inBase64(secret: string): string[] {
  return (['base64', 'base64url'] as const).flatMap((encoding) =>
    [0, 1, 2].map((before) => {
      const bytes = Buffer.from('\0'.repeat(before) + secret);
      const whole = Math.floor((bytes.length * 8) / 6);
      return bytes.toString(encoding).slice(Math.ceil((before * 8) / 6), whole);
    }),
  );
}
