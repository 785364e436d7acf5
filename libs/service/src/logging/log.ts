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
    {
      level: options.level,
      base: { name: options.name, pid: process.pid },
      serializers: { err: describeError },
    },
    { write: (line) => void sink.write(options.redact(line)) },
  );
}

/** What the log shows of an error. Not its other properties: that of a Redis error holds the whole command, with people's words in it. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name: type, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type,
    message,
    stack,
    ...(code === undefined ? {} : { code }),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
