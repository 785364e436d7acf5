import { type EntityType, type FormattedText, type MessageEntity, trimEntity } from './formatted-text.ts';

/** What goes before a line: `first` once (a bullet, a number), `rest` on the lines below it. */
interface Indent {
  first: string | undefined;
  readonly rest: string;
}

/** A quote is shown whole, or folded until it is opened. */
export type QuoteType = Extract<EntityType, 'blockquote' | 'expandable_blockquote'>;

/** An entity that is being written. `start` is `undefined` until its first character is there. */
interface OpenEntity {
  readonly type: EntityType;
  readonly extra: { readonly url?: string; readonly language?: string };
  start: number | undefined;
}

/** Entities that Telegram allows neither around nor inside `code` and `pre`. Quotes may hold both. */
const CUT_BY_CODE: ReadonlySet<EntityType> = new Set(['bold', 'italic', 'strikethrough']);

/**
 * Writes formatted text from beginning to end. Line breaks are promised and only written once something follows, so text never ends in
 * blank lines. An entity of a kind that is open already is not written twice; what Telegram forbids to overlap is closed and reopened.
 */
export class TextWriter {
  #text = '';
  #breaks = 0;
  #indents: Indent[] = [];
  #open: OpenEntity[] = [];
  readonly #entities: MessageEntity[] = [];

  /** Writes `text`, with the promised breaks and the indents before it. It may hold line breaks. */
  write(text: string): void {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) this.breakLine();
      if (line !== '') this.#append(line);
    }
  }

  /** Ends the line, unless it is ended already. */
  breakLine(): void {
    this.#breaks = Math.max(this.#breaks, 1);
  }

  /** Ends the line and leaves one empty. */
  breakParagraph(): void {
    this.#breaks = 2;
  }

  open(type: EntityType, extra: OpenEntity['extra'] = {}): void {
    this.#open.push({ type, extra, start: undefined });
  }

  /** Closes the innermost open entity of that kind. */
  close(type: EntityType): void {
    const index = this.#open.findLastIndex((entity) => entity.type === type);
    const [entity] = index < 0 ? [] : this.#open.splice(index, 1);
    if (entity && !this.isOpen(type)) this.#keep(entity);
  }

  isOpen(type: EntityType): boolean {
    return this.#open.some((entity) => entity.type === type);
  }

  /** Inline code. Inside a link the link wins, for the two may not overlap and the address is worth more than the typeface. */
  writeCode(code: string): void {
    if (this.isOpen('text_link')) this.write(code);
    else this.#writeAlone('code', {}, code);
  }

  /** A code block: a paragraph of its own, written as it is, at the margin. */
  writePre(code: string, language?: string): void {
    const leaveMargin = this.#atMargin();
    this.#writeAlone('pre', language === undefined ? {} : { language }, code);
    leaveMargin();
    this.breakParagraph();
  }

  /** Indents what is written until `leaveIndent`: `first` before its first line, `rest` before the others. */
  enterIndent(first: string, rest: string): void {
    this.#indents.push({ first, rest });
  }

  leaveIndent(): void {
    this.#indents.pop();
  }

  /** Begins a quote. It starts at the margin, whatever it stands in; what is given back ends it. */
  enterQuote(type: QuoteType): () => void {
    const leaveMargin = this.#atMargin();
    this.open(type);
    return () => {
      this.close(type);
      leaveMargin();
    };
  }

  /** What was written, with blank ends trimmed off. */
  finish(): FormattedText {
    const text = this.#text.trimEnd();
    const entities = this.#entities.flatMap((entity) => trimEntity(entity, text) ?? []);
    // Inner ones are closed first, so where two are of one range the outer one comes first after this.
    entities.reverse().sort((a, b) => a.offset - b.offset || b.length - a.length);
    // Blanks at the start of a code block are its indentation; all others the server would cut.
    const blanks = Math.min(text.length - text.trimStart().length, entities[0]?.offset ?? text.length);
    const shifted = entities.map((entity) => ({ ...entity, offset: entity.offset - blanks }));
    return { text: text.slice(blanks), entities: shifted };
  }

  #append(text: string): void {
    if (this.#breaks > 0 || this.#text === '') this.#startLine(this.#takePrefix());
    for (const entity of this.#open) entity.start ??= this.#text.length;
    this.#text += text;
  }

  #startLine(prefix: string): void {
    if (this.#text !== '') this.#text += '\n'.repeat(this.#breaks);
    this.#text += prefix;
    this.#breaks = 0;
  }

  #takePrefix(): string {
    let prefix = '';
    for (const indent of this.#indents) {
      prefix += indent.first ?? indent.rest;
      indent.first = undefined;
    }
    return prefix;
  }

  /** Sets the indents aside until the returned function is called; a bullet that waits for its text gets a line of its own. */
  #atMargin(): () => void {
    const indents = this.#indents;
    if (indents.some((indent) => indent.first !== undefined)) {
      this.#startLine(this.#takePrefix().trimEnd());
      this.breakLine();
    }
    this.#indents = [];
    return () => {
      this.#indents = indents;
    };
  }

  #keep(entity: OpenEntity): void {
    if (entity.start === undefined || entity.start === this.#text.length) return;
    const range = { offset: entity.start, length: this.#text.length - entity.start };
    this.#entities.push({ type: entity.type, ...entity.extra, ...range } as MessageEntity);
  }

  /** Writes `code` with what may not overlap it closed before and reopened after it. */
  #writeAlone(type: 'code' | 'pre', extra: OpenEntity['extra'], code: string): void {
    const open = this.#open;
    const cut = open.filter((entity) => CUT_BY_CODE.has(entity.type));
    for (const [index, entity] of cut.entries()) {
      const isFirstOfItsKind = cut.findIndex((other) => other.type === entity.type) === index;
      if (isFirstOfItsKind) this.#keep(entity);
      entity.start = undefined;
    }
    this.#open = [...open.filter((entity) => !cut.includes(entity)), { type, extra, start: undefined }];
    this.#append(code);
    this.close(type);
    this.#open = open;
  }
}
