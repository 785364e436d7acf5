import type { ContentBlock } from '@signalbox/claude';
import type { MessageJob, Replied } from '@signalbox/contracts';
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
      const isOneText = isText(message) && message.replied === undefined && isText(more[index - 1] ?? job);
      return `${before}${isOneText ? '\n' : '\n\n'}${composeOne(message, filesOf(index + 1, files))}`;
    },
    composeOne(job, filesOf(0, files)),
  );
  const images = imageBlocks(files);
  return images.length === 0 ? text : [...images, { type: 'text', text }];
}

type Message = Pick<MessageJob, 'text' | 'forwardedFrom' | 'replied' | 'talk' | 'files'>;

function isText({ forwardedFrom, files }: Message): boolean {
  return forwardedFrom === undefined && files === undefined;
}

function filesOf(index: number, files: readonly TakenFile[]): TakenFile[] {
  return files.filter((taken) => taken.part === index);
}

function composeOne({ text, forwardedFrom, replied, talk }: Message, files: readonly TakenFile[]): string {
  const own = files.filter(({ isOfReplied = false }) => !isOfReplied);
  const earlier = files.filter(({ isOfReplied = false }) => isOfReplied);
  const said = [...speechIn(own), withoutFileTags(text)].filter(Boolean).join('\n\n');
  const body =
    forwardedFrom === undefined || said === '' ? said : quoted('forwarded-message', { from: forwardedFrom }, said);
  const pieces = [
    talk === undefined ? '' : quoted('group-talk', {}, withoutFileTags(talk.map(sayingOf).join('\n'))),
    replied ? composeReplied(replied, earlier) : '',
    describeFiles(own, attribute),
    body,
  ];
  return pieces.filter(Boolean).join('\n\n');
}

/** What somebody said to others, in lines that cannot be taken for somebody else's. */
function sayingOf({ by, text }: { by: string; text: string }): string {
  return `${attribute(by)}: ${text.replaceAll(/\r\n?|[\n\u2028\u2029]/g, '\n  ')}`;
}

function speechIn(files: readonly TakenFile[]): string[] {
  return files.flatMap((taken) =>
    taken.status === 'here' && taken.speech ? [quoted(SPEECH_TAG, {}, taken.speech)] : [],
  );
}

/** What the message replies to: whose it is, its files, its text or the part that is meant, and what of it could not be had. */
function composeReplied({ text = '', isPart, from, missing }: Replied, files: readonly TakenFile[]): string {
  const pieces = [describeFiles(files, attribute), ...speechIn(files), withoutFileTags(text)].filter(Boolean);
  if (pieces.length === 0 && missing === undefined) return '';
  const attributes = { from, part: isPart ? 'chosen by the sender' : undefined, missing };
  return quoted('in-reply-to', attributes, pieces.join('\n\n'));
}

function quoted(tag: string, attributes: Record<string, string | undefined>, content: string): string {
  // Whatever is inside cannot end the quotation early, and neither can a name that somebody gave themselves.
  const opening = Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${attribute(value)}"`]))
    .join('');
  if (content === '') return `<${tag}${opening}/>`;
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
