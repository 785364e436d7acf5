import { renderMarkdown } from './render-markdown.ts';

/** How fast Markdown is rendered. */
interface RenderingSpeed {
  /** UTF-8 bytes of Markdown a second. */
  readonly bytesPerSecond: number;
  /** The quickest of the rounds, in ms. */
  readonly bestMs: number;
}

/** Renders `markdown` `rounds` times, after one to warm up, and gives the speed of the quickest, which other work disturbed least. */
export function measureRendering(markdown: string, rounds = 5): RenderingSpeed {
  renderMarkdown(markdown);
  let bestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    renderMarkdown(markdown);
    bestMs = Math.min(bestMs, performance.now() - start);
  }
  return { bytesPerSecond: Buffer.byteLength(markdown) / (bestMs / 1_000), bestMs };
}
