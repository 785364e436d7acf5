import { z } from 'zod';

/** Version of all that crosses the queues. A process of this version also reads all versions before it. */
export const CONTRACT_VERSION = 1;

/**
 * The version that an entry of each kind states: the oldest that understands it. Two builds run side by side while they are
 * replaced, and what the older one can do must not wait for the newer. A field that an older build must not overlook has a line here, too.
 */
export const SINCE = {
  message: 1,
  new: 1,
  warm: 1,
  sessions: 1,
  lifecycle: 1,
  control: 1,
  homelab: 1,
  status: 1,
  text: 1,
  markdown: 1,
  question: 1,
  menu: 1,
  settled: 1,
  refreshed: 1,
  again: 1,
  reaction: 1,
  document: 1,
  files: 1,
  tools: 1,
  report: 1,
  fetch: 1,
} as const;

/** The versions that this process reads. */
export const readableVersion = z.number().int().min(1).max(CONTRACT_VERSION);

/** What came of reading a queue's entry: entries of a newer version must wait for a newer process. */
export type Read<T> =
  | { status: 'ok'; value: T }
  | { status: 'newer'; version: number }
  | { status: 'invalid'; problem: string };

const versionSchema = z.object({ version: z.number().int() });

/** Reads `data` by `schema`, telling a newer version apart from a broken entry. Never throws. */
export function readVersioned<T>(schema: z.ZodType<T>, data: unknown): Read<T> {
  const stated = versionSchema.safeParse(data);
  if (stated.success && stated.data.version > CONTRACT_VERSION) {
    return { status: 'newer', version: stated.data.version };
  }
  const parsed = schema.safeParse(data);
  // Only the paths of the problems: their values may be what a person wrote.
  return parsed.success
    ? { status: 'ok', value: parsed.data }
    : { status: 'invalid', problem: parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.code}`).join('; ') };
}
