const LOREM =
  'The signalman set the points, looked along the line and waited. One train at a time: that is the rule of the box, ' +
  'and the whole of its safety. When the section was clear he pulled the lever, heard the wire run, and saw the arm fall. ';

/** Readable filler of exactly `chars` characters (UTF-16 units). */
export function filler(chars: number): string {
  return LOREM.repeat(Math.ceil(chars / LOREM.length)).slice(0, chars);
}

/** A sample of the Markdown that models write, for `[[markdown]]`. */
export const MARKDOWN_SAMPLE = `# A heading

Some **bold**, *italic*, ***both***, ~~struck~~ and \`inline code\`, and [a link](https://example.org/).

- first
- second with \`code\`
  - nested

1. one
2. two

> A quoted line
> and a second one.

\`\`\`ts
export function add(a: number, b: number): number {
  return a + b; // <- & "quotes"
}
\`\`\`

| service | state | since |
|---|---|---|
| redis | up | 3 days |
| backup | **late** | 26 h |

---

Done — with an emoji 🚦 at the end.
`;
