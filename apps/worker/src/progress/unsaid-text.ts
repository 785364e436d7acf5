import type { TurnEvent } from '@signalbox/claude';

interface Block {
  text: string;
  /** A tool was used after it: it is complete. */
  isComplete: boolean;
}

/** What Claude has begun to write in a turn and not yet said. */
export class UnsaidText {
  #blocks: Block[] = [];

  get text(): string {
    return this.#blocks
      .map(({ text }) => text)
      .filter((text) => text.trim() !== '')
      .join('\n\n');
  }

  take(event: TurnEvent): void {
    if (event.type === 'text-block-started') this.#blocks.push({ text: '', isComplete: false });
    else if (event.type === 'text-delta') this.#grow(event.text);
    else if (event.type === 'said') this.#drop(event.text);
    // The answer is asked for again, from its beginning.
    else if (event.type === 'retrying') this.#blocks = this.#blocks.filter(({ isComplete }) => isComplete);
    else if (event.type === 'tool-started' && event.parentId === undefined) this.#complete();
    // What stood before the tool was said by now, or never will be.
    else if (event.type === 'tool-ended') this.#blocks = this.#blocks.filter(({ isComplete }) => !isComplete);
  }

  #grow(text: string): void {
    const last = this.#blocks.at(-1);
    if (last && !last.isComplete) last.text += text;
    else this.#blocks.push({ text, isComplete: false });
  }

  #complete(): void {
    for (const block of this.#blocks) block.isComplete = true;
  }

  /** Blocks are said in their order. What is not there was passed over with the tool behind it. */
  #drop(said: string): void {
    const index = this.#blocks.findIndex(({ text }) => text === said);
    this.#blocks.splice(0, index + 1);
  }
}
