/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** Secrets by their shape, for those that came from elsewhere: bot tokens and Anthropic's keys. */
const SHAPES = /\b\d{6,12}:[\w-]{30,}|\bsk-ant-[\w-]{8,}/g;

/** The same at the end of a text, not yet long enough to be told. */
const BEGUN_SHAPE = /\b(?:\d{6,12}:[\w-]{0,29}|sk-ant-[\w-]{0,7})$/;

/** Shorter values stand in too many innocent texts to be told apart. */
const SHORTEST = 5;

/**
 * A redactor for the given secret values and for everything of a secret's shape.
 * It also finds them as they stand inside JSON and inside an URL.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const values = formsOf(secrets);
  return (text) => {
    const known = values.reduce((rest, value) => rest.replaceAll(value, '[redacted]'), text);
    return known.replace(SHAPES, '[redacted]');
  };
}

/**
 * A redactor for a text that was cut off or still grows: it also leaves out what stands at the very end and may be the beginning of a
 * secret. Texts are to be cut after it, never before.
 */
export function createBeginningRedactor(secrets: readonly string[]): Redact {
  const redact = createRedactor(secrets);
  const values = formsOf(secrets);
  return (text) => {
    const clean = redact(text);
    const begun = values.map((value) => lengthOfBegun(clean, value));
    const shaped = BEGUN_SHAPE.exec(clean)?.[0].length ?? 0;
    return clean.slice(0, clean.length - Math.max(shaped, ...begun));
  };
}

/** Both kinds of redactor for the same secrets, more of which may be learnt of later. */
export function createGrowingRedactors(secrets: readonly string[]): {
  readonly redact: Redact;
  readonly redactBeginning: Redact;
  hide(more: readonly string[]): void;
} {
  const known = [...secrets];
  let whole = createRedactor(known);
  let beginning = createBeginningRedactor(known);
  return {
    redact: (text) => whole(text),
    redactBeginning: (text) => beginning(text),
    hide(more) {
      known.push(...more);
      whole = createRedactor(known);
      beginning = createBeginningRedactor(known);
    },
  };
}

/** All that is to be found, the longest first: a token that holds another secret goes as a whole. */
function formsOf(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

/** How much of `value`, but not the whole, stands at the end of `text`; a few characters betray nothing. */
function lengthOfBegun(text: string, value: string): number {
  for (let length = Math.min(value.length - 1, text.length); length >= SHORTEST - 1; length -= 1) {
    if (text.endsWith(value.slice(0, length))) return length;
  }
  return 0;
}
