import type { ContentBlock } from '@signalbox/claude';
import type { MessageJob } from '@signalbox/contracts';
import { describeFiles, FILE_TAG, imageBlocks, SPEECH_TAG } from '../files/describe-files.ts';
import type { TakenFile } from '../files/taken-file.ts';

/**
 * What Claude gets for a message: its images, then one text. What the sender did not write is marked as quoted, so that it reads as material
 * and not as the sender's own request; nobody's text can pass for what Signalbox says of files.
 */
export function composeMessage(job: MessageJob, files: readonly TakenFile[] = []): string | ContentBlock[] {
  const { more = [] } = job;
  const text = more.reduce(
    (before, message, index) => {
      // The rest of a long text that Telegram has split goes on where it was cut.
      const isOneText = isText(message) && isText(more[index - 1] ?? job);
      return `${before}${isOneText ? '\n' : '\n\n'}${composeOne(message, filesOf(index + 1, files))}`;
    },
    composeOne(job, filesOf(0, files)),
  );
  const images = imageBlocks(files);
  return images.length === 0 ? text : [...images, { type: 'text', text }];
}

type Message = Pick<MessageJob, 'text' | 'forwardedFrom' | 'quote' | 'talk' | 'files'>;

function isText({ forwardedFrom, files }: Message): boolean {
  return forwardedFrom === undefined && files === undefined;
}

function filesOf(index: number, files: readonly TakenFile[]): TakenFile[] {
  return files.filter((taken) => taken.part === index);
}

function composeOne({ text, forwardedFrom, quote, talk }: Message, files: readonly TakenFile[]): string {
  const speech = files.flatMap((taken) => (taken.status === 'here' && taken.speech ? [taken.speech] : []));
  const said = [...speech.map((words) => quoted(SPEECH_TAG, {}, words)), withoutFileTags(text)]
    .filter(Boolean)
    .join('\n\n');
  const body =
    forwardedFrom === undefined || said === '' ? said : quoted('forwarded-message', { from: forwardedFrom }, said);
  const pieces = [
    talk === undefined ? '' : quoted('group-talk', {}, withoutFileTags(talk.map(sayingOf).join('\n'))),
    quote === undefined ? '' : quoted('in-reply-to', {}, withoutFileTags(quote)),
    describeFiles(files, attribute),
    body,
  ];
  return pieces.filter(Boolean).join('\n\n');
}

/** What somebody said to others. */
function sayingOf({ by, text }: { by: string; text: string }): string {
  return `${attribute(by)}: ${text}`;
}

function quoted(tag: string, attributes: Record<string, string>, content: string): string {
  // Whatever is inside cannot end the quotation early, and neither can a name that somebody gave themselves.
  const opening = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${attribute(value)}"`)
    .join('');
  const inside = content.replaceAll(new RegExp(`<(\\s*/\\s*${tag})`, 'gi'), '<\\$1');
  return `<${tag}${opening}>\n${inside}\n</${tag}>`;
}

function attribute(value: string): string {
  return value.replaceAll(/["<>\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** The text, with whatever looks like Signalbox's own words on files broken. */
function withoutFileTags(text: string): string {
  return text.replaceAll(new RegExp(`<(\\s*/?\\s*(?:${FILE_TAG}|${SPEECH_TAG}))`, 'gi'), '<\\$1');
}
