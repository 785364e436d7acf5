import type { Method } from '../calls/method.ts';
import * as about from './about.ts';
import * as callbacks from './answer-callback.ts';
import * as commands from './bot-commands.ts';
import * as edits from './edit-message.ts';
import * as live from './live.ts';
import * as reactions from './react.ts';
import * as files from './send-files.ts';
import * as messages from './send-message.ts';
import * as topics from './topics.ts';
import * as updates from './updates.ts';

/** Every export of these files is a method, under its documented name. */
const FILES: readonly Readonly<Record<string, Method>>[] = [
  about,
  callbacks,
  commands,
  edits,
  live,
  reactions,
  files,
  messages,
  topics,
  updates,
];

const BY_LOWER_CASE = new Map(
  FILES.flatMap((file) => Object.entries(file)).map(([name, method]) => [name.toLowerCase(), { name, method }]),
);

/** The method of that name, whatever its case, with its name as documented. */
export function findMethod(name: string): { name: string; method: Method } | undefined {
  return BY_LOWER_CASE.get(name.toLowerCase());
}
