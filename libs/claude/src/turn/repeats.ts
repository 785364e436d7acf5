/**
 * Keeps a continued turn from saying a thing twice. The CLI forgets a step whose tool has no result when it continues
 * after a crash (measured on 2.1.329): the model does not know that it spoke, and often says the same again. So a text
 * that equals one said before the crash is not said again, until a tool's result shows that Claude is past that step.
 */
export class Repeats {
  #texts: string[] = [];

  /** The turn is continued; these texts were said before. */
  continued(texts: Iterable<string>): void {
    this.#texts = [...texts];
  }

  /** A tool's result came: Claude is past what it forgot. */
  stepEnded(): void {
    this.#texts = [];
  }

  /** Whether the text was said before the crash. Each counts once. */
  takes(text: string): boolean {
    const index = this.#texts.indexOf(text);
    if (index !== -1) this.#texts.splice(index, 1);
    return index !== -1;
  }
}
