/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** Secrets by their shape, for those that came from elsewhere: bot tokens and Anthropic's keys. */
const SHAPES = /\b\d{6,12}:[\w-]{30,}|\bsk-ant-[\w-]{8,}/g;

/** Shorter values stand in too many innocent texts to be told apart. */
const SHORTEST = 5;

/**
 * A redactor for the given secret values and for everything of a secret's shape.
 * It also finds them as they stand inside JSON and inside an URL.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  // The longest first: a token that holds another secret goes as a whole.
  const values = [...new Set(forms)].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
  return (text) => {
    const known = values.reduce((rest, value) => rest.replaceAll(value, '[redacted]'), text);
    return known.replace(SHAPES, '[redacted]');
  };
}
