import { channelKinds, type KeyKind, type Script, schema, scripts } from '@signalbox/queues';

/** The page `docs/redis.md`, from the schema in the code. */
export function renderRedis(): string {
  const topics = Object.entries(schema).flatMap(([topic, kinds]) => [
    `## ${topic}`,
    '',
    ...table(['key', 'type', 'hash tag', 'written by', 'ends', 'holds'], Object.values(kinds).map(keyRow)),
  ]);
  const channelRows = Object.values(channelKinds).map(({ pattern, writer, content }) => [
    `\`signalbox:${pattern}\``,
    writer,
    content,
  ]);
  const scriptRows = Object.values(scripts).flatMap((group) => Object.entries(group).map(scriptRow));
  return [
    HEAD,
    ...topics,
    ...['## Channels', '', 'What is published is not kept. Who misses it looks into the keys above.', ''],
    ...table(['channel', 'published by', 'says'], channelRows),
    ...[
      '## Scripts',
      '',
      'Each runs as one step in Redis, on keys of one hash tag. They lie in `libs/queues/src/redis/scripts/`.',
      '',
    ],
    ...table(['script', 'does', 'keys', 'arguments', 'result'], scriptRows),
  ].join('\n');
}

function keyRow({ pattern, type, writer, lifetime, content }: KeyKind): string[] {
  const tag = /{([^}]*)}/.exec(pattern)?.[1];
  const ends =
    'until' in lifetime
      ? lifetime.until
      : 'expires' in lifetime
        ? lifetime.expires
        : `${wordsFor(lifetime.seconds)} after it was written, at the latest`;
  return [`\`signalbox:${pattern}\``, type, tag === undefined ? '' : `\`${tag}\``, writer, ends, content];
}

function scriptRow([name, { does, keys, args, result }]: [string, Script]): string[] {
  return [`\`${name}\``, does, keys.join(' · '), args.join(' · '), result];
}

function wordsFor(seconds: number): string {
  if (seconds > 48 * 3_600) return `${seconds / 86_400} days`;
  return seconds >= 3_600 ? `${seconds / 3_600} h` : `${seconds} s`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''];
}

const HEAD = `# What is in Redis

Every key of Signalbox, made from the table in \`libs/queues/src/redis/schema/\`: the code makes its keys from it, and each end-to-end test
checks what it left in Redis against it. What varies stands in \`<…>\`. Keys with the same hash tag lie together in Redis Cluster.

What came once is known for 48 h, so that it is not done again: that is the idempotency window. Telegram delivers an update again for up to 24 h.
`;
