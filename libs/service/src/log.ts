import { type Logger, pino } from 'pino';
import type { Redact } from './redactor.ts';

export type Log = Logger;

/** Where finished lines go. */
export interface LineSink {
  write(line: string): unknown;
}

/** A JSON log (pino) whose every line passes the redactor before it is written. */
export function createLog(options: { name: string; level: string; redact: Redact; sink?: LineSink }): Log {
  const sink = options.sink ?? process.stdout;
  return pino(
    { name: options.name, level: options.level, base: { name: options.name, pid: process.pid } },
    { write: (line) => void sink.write(options.redact(line)) },
  );
}
