import { type FileRef, fenced } from '@signalbox/contracts';
import { describeLocation } from '../kinds/describe-place.ts';
import { filesOf } from '../kinds/read-files.ts';
import { quoted } from '../writing/quoted.ts';
import { flattenText, writeRich } from './flatten-text.ts';
import {
  type Block,
  type Item,
  type Rich,
  type RichBlockKind,
  type RichCaption,
  richMessageSchema,
} from './rich-message.ts';
import { writeTable } from './write-table.ts';

/** Takes the files of a block along. */
type Attach = (files: readonly FileRef[]) => void;
type Write = (block: Block, attach: Attach) => string;

const text: Write = (block) => writeRich(block.text);
const nothing: Write = () => '';
/** A file in the message stands as a word where it was. */
const media =
  (named: string): Write =>
  (block, attach) => {
    attach(filesOf(block));
    return withCaption(`[${named}]`, block.caption);
  };
const formula: Write = ({ expression = '' }) => `$$\n${expression}\n$$`;
const gallery: Write = ({ blocks = [], caption }, attach) => withCaption(writeBlocks(blocks, attach), caption);

/** A kind that is not here does not compile. */
const BLOCKS: Record<RichBlockKind, Write> = {
  paragraph: text,
  heading: ({ size = 1, text: title }) => `${'#'.repeat(Math.min(6, Math.max(1, size)))} ${writeRich(title)}`,
  pre: ({ text: code = '', language = '' }) =>
    fenced(flattenText(code).text, /^[^\s`]*$/.test(language) ? language : ''),
  footer: text,
  divider: () => '---',
  mathematical_expression: formula,
  anchor: nothing,
  list: ({ items = [] }, attach) => items.map((item) => writeItem(item, attach)).join('\n'),
  blockquote: ({ blocks = [], credit }, attach) => quote(writeBlocks(blocks, attach), credit),
  expandable_blockquote: ({ text: said, credit }) => quote(writeRich(said), credit),
  pullquote: ({ text: said, credit }) => quote(writeRich(said), credit),
  collage: gallery,
  slideshow: gallery,
  table: ({ cells = [], caption }) => withCaption(writeTable(cells, writeRich), caption),
  details: ({ summary, blocks = [] }, attach) => `**${writeRich(summary)}**\n\n${writeBlocks(blocks, attach)}`,
  map: ({ location, caption }) => withCaption(describeLocation(location) ?? '', caption),
  animation: media('animation'),
  audio: media('audio'),
  document: media('file'),
  photo: media('photo'),
  video: media('video'),
  voice_note: media('voice message'),
  buttons: ({ buttons = [] }) => buttons.map((button) => writeRich({ type: 'button', button })).join(' · '),
  thinking: text,
};

/** A rich message as Markdown, and its files; `undefined` if it is not one. What is newer than this is its words. */
export function readRichMessage(message: unknown): { text: string; files: FileRef[] } | undefined {
  const read = richMessageSchema.safeParse(message).data;
  if (!read) return undefined;
  const files: FileRef[] = [];
  return { text: writeBlocks(read.blocks, (more) => files.push(...more)), files };
}

function writeBlocks(blocks: readonly Block[], attach: Attach): string {
  const written = blocks.map((block) => {
    const write = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type as RichBlockKind] : unknown;
    return write(block, attach);
  });
  return written.filter((each) => each.trim() !== '').join('\n\n');
}

const unknown: Write = (block, attach) => {
  attach(filesOf(block));
  const words = [writeRich(block.summary), writeRich(block.text), writeBlocks(block.blocks ?? [], attach)];
  return withCaption(words.filter(Boolean).join('\n\n'), block.caption);
};

function writeItem(
  { label = '-', blocks, has_checkbox: hasCheckbox, is_checked: isChecked }: Item,
  attach: Attach,
): string {
  const number = /^\w+[.)]/.exec(label)?.[0] ?? '-';
  const mark = hasCheckbox ? `- [${isChecked ? 'x' : ' '}]` : number;
  const indent = ' '.repeat(number.length + 1);
  return `${mark} ${writeBlocks(blocks, attach).replace(/\n(?!\n)/g, `\n${indent}`)}`;
}

function quote(said: string, credit: Rich | undefined): string {
  return quoted(credit === undefined ? said : `${said}\n— ${writeRich(credit)}`);
}

function withCaption(shown: string, caption: RichCaption | undefined): string {
  if (!caption) return shown;
  const credit = caption.credit === undefined ? '' : ` — ${writeRich(caption.credit)}`;
  return `${shown}\n${writeRich(caption.text)}${credit}`.trim();
}
