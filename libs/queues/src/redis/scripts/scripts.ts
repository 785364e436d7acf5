import * as asking from './asking.ts';
import * as files from './files.ts';
import * as lease from './lease.ts';
import * as questions from './questions.ts';
import type { Script } from './script.ts';
import * as sessions from './sessions.ts';
import * as signals from './signals.ts';
import * as waiting from './waiting.ts';

/** Every script by its file and name, for the docs. */
export const scripts: Readonly<Record<string, Readonly<Record<string, Script>>>> = {
  lease,
  waiting,
  signals,
  questions,
  files,
  sessions,
  asking,
};
