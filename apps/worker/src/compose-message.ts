import type { MessageJob } from '@signalbox/contracts';

/**
 * The text that Claude gets for a message. What the sender did not write is marked as quoted, so that it reads as material and not as
 * the sender's own request.
 */
export function composeMessage(job: MessageJob): string {
  const { more = [] } = job;
  return more.reduce((text, part, index) => {
    // The rest of a long text that Telegram has split goes on where it was cut.
    const isOneText = part.forwardedFrom === undefined && (more[index - 1] ?? job).forwardedFrom === undefined;
    return `${text}${isOneText ? '\n' : '\n\n'}${composePart(part)}`;
  }, composePart(job));
}

type Part = Pick<MessageJob, 'text' | 'forwardedFrom' | 'quote'>;

function composePart({ text, forwardedFrom, quote }: Part): string {
  const body = forwardedFrom === undefined ? text : quoted('forwarded-message', { from: forwardedFrom }, text);
  return quote === undefined ? body : `${quoted('in-reply-to', {}, quote)}\n\n${body}`;
}

function quoted(tag: string, attributes: Record<string, string>, content: string): string {
  // Whatever is inside cannot end the quotation early, and neither can a name that somebody gave themselves.
  const opening = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value.replaceAll(/["<>\p{Cc}\u2028\u2029]+/gu, ' ').trim()}"`)
    .join('');
  const inside = content.replaceAll(new RegExp(`<(\\s*/\\s*${tag})`, 'gi'), '<\\$1');
  return `<${tag}${opening}>\n${inside}\n</${tag}>`;
}
