import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findClaude, markerVariable } from '@signalbox/claude';
import { type LivingProcess, processesWith } from '../../support/census.ts';
import { type Hold, Holds } from './hold.ts';
import { jsonOf } from './json-of.ts';

/** One line between a worker and its Claude, told before it is passed on. */
export interface TappedLine {
  readonly from: 'stdin' | 'stdout';
  /** The tap's process, which stands in the CLI's place. */
  readonly pid: number;
  /** When it was told, in ms since the epoch. */
  readonly at: number;
  readonly text: string;
  /** The line as JSON; empty if it is none. */
  readonly json: Record<string, unknown>;
}

/** The start of a Claude, told before the CLI itself runs. */
export interface TappedStart {
  readonly pid: number;
  /** What of the session lived at that moment, the starting one left out: there must be nothing. */
  readonly others: readonly LivingProcess[];
}

/** The real CLI with an ear on its pipes. */
export interface ClaudeTap {
  /** For CLAUDE_BIN. */
  readonly bin: string;
  /** All starts so far, of all workers. */
  readonly starts: readonly TappedStart[];
  /** All lines so far, of all Claudes. */
  readonly lines: readonly TappedLine[];
  /** Holds the next line that matches back, and what comes after it the same way. */
  hold(matches: (line: TappedLine) => boolean): Hold<TappedLine>;
  close(): Promise<void>;
}

type Told = { id: number; pid: number; marker?: string; text?: string; from: 'start' | 'stdin' | 'stdout' };

/** Writes the program that taps Claude (or another `binary`) into `dir`, and listens to it. */
export async function startClaudeTap(dir: string, binary?: string): Promise<ClaudeTap> {
  const socket = join(dir, 'claude-tap.sock');
  const bin = join(dir, 'claude-tap.mjs');
  const program = binary ?? (await findClaude({ path: process.env.PATH ?? '' })).path;
  writeFileSync(bin, scriptOf({ binary: program, socket, marker: markerVariable }), { mode: 0o755 });

  const holds = new Holds<TappedLine>();
  const starts: TappedStart[] = [];
  const lines: TappedLine[] = [];
  const note = async ({ from, pid, marker = '', text = '' }: Told) => {
    if (from === 'start') {
      const marked = await processesWith(`${markerVariable}=${marker}`);
      starts.push({ pid, others: marked.filter((each) => each.pid !== pid) });
      return;
    }
    const line = { from, pid, at: Date.now(), text, json: jsonOf(text) };
    lines.push(line);
    await holds.pass(line);
  };
  const sockets = new Set<Socket>();
  const server = createServer((connection) => {
    sockets.add(connection);
    connection.on('error', () => undefined).once('close', () => sockets.delete(connection));
    // An error of its input is the interface's too. The wrapper may be killed while its line is held.
    const told = createInterface({ input: connection }).on('error', () => undefined);
    told.on('line', (line) => {
      const event = JSON.parse(line) as Told;
      void note(event).then(() => connection.write(`${event.id}\n`));
    });
  });
  await once(server.listen(socket), 'listening');
  return {
    bin,
    starts,
    lines,
    hold: (matches) => holds.add(matches),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const connection of sockets) connection.destroy();
      await closed;
    },
  };
}

/** Claude's environment is an explicit list, so what the tap must know stands in its program. */
function scriptOf(constants: { binary: string; socket: string; marker: string }): string {
  const tap = fileURLToPath(new URL('run-claude-tap.mjs', import.meta.url));
  return `#!${process.execPath}
import { runTap } from ${JSON.stringify(tap)};
await runTap(${JSON.stringify(constants)});
`;
}
