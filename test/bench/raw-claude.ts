import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { messageLine } from '../../libs/claude/src/turn/turn-message.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { World } from '../support/world.ts';

/** How the CLI is called: program, arguments, environment, directory. */
interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
}

/** The command line of a session's living Claude, for a session of its own beside it. */
export async function commandLineLike(world: World, session: string): Promise<CommandLine> {
  const { pid, claudeSessionId } = await world.metadata(session);
  const entries = async (file: string) => (await readFile(`/proc/${pid}/${file}`, 'utf8')).split('\0').filter(Boolean);
  const [[program = '', ...args], environment] = await Promise.all([entries('cmdline'), entries('environ')]);
  const theirs = join(world.dir, 'sessions', session);
  const ours = join(world.dir, `beside-${session}-${randomUUID().slice(0, 8)}`);
  const cwd = join(ours, 'workspace');
  await mkdir(cwd, { recursive: true });
  const id = randomUUID();
  const own = (text: string) => text.replaceAll(theirs, ours).replaceAll(String(claudeSessionId), id);
  const pairs = environment.map((entry): [string, string] => {
    const equals = entry.indexOf('=');
    return [entry.slice(0, equals), own(entry.slice(equals + 1))];
  });
  return { program, args: args.map(own), env: Object.fromEntries(pairs), cwd };
}

/** A warm CLI with nothing around it: a line in, lines out. */
export class RawClaude {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #rest = '';
  #onLine: (line: string) => void = () => {};

  private constructor(child: ChildProcessByStdio<Writable, Readable, null>) {
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk));
  }

  /** Starts the CLI and waits for its first sign of life. */
  static async start({ program, args, env, cwd }: CommandLine, cleanup: Cleanup): Promise<RawClaude> {
    const child = spawn(program, args, { env, cwd, stdio: ['pipe', 'pipe', 'ignore'] });
    cleanup.add(() => end(child));
    const claude = new RawClaude(child);
    const request = { type: 'control_request', request_id: 'first', request: { subtype: 'initialize' } };
    await claude.#exchange(request, '"control_response"');
    return claude;
  }

  /** Writes a message and resolves, when its turn's `result` line was read, to what that took, in ms. */
  async ask(text: string): Promise<number> {
    const start = performance.now();
    const at = await this.#exchange(messageLine({ uuid: randomUUID(), content: text }), '"type":"result"');
    return at - start;
  }

  #exchange(line: object, answer: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error('The raw Claude ended.'));
      this.#child.once('exit', onExit);
      this.#onLine = (got) => {
        if (!got.includes(answer)) return;
        const at = performance.now();
        this.#child.off('exit', onExit);
        this.#onLine = () => {};
        resolve(at);
      };
      this.#child.stdin.write(`${JSON.stringify(line)}\n`);
    });
  }

  #read(chunk: string) {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
  }
}

/**
 * Runs the CLI once for one message of a conversation, as a bot does that keeps no process. Resolves, when the process
 * has ended, to what that took, in ms.
 */
export async function askOnce(
  { program, env, cwd }: CommandLine,
  conversation: { id: string; isNew: boolean },
  text: string,
  cleanup: Cleanup,
): Promise<number> {
  const session = `${conversation.isNew ? '--session-id' : '--resume'}=${conversation.id}`;
  const start = performance.now();
  const child = spawn(program, ['-p', '--output-format=json', session, text], {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  cleanup.add(() => end(child));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`claude -p ended with code ${code}: ${printed.slice(0, 500)}`);
  return performance.now() - start;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
