import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A line of the CLI's output. */
export type CliLine = Record<string, unknown> & { type: string };

/** The real CLI against a simulated model, in directories of its own. */
export type ClaudeCli = {
  readonly lines: CliLine[];
  /** Writes a message and resolves to the `result` of its turn. */
  ask(text: string, asCommand?: boolean): Promise<CliLine>;
  /** @param asCommand lets a text such as `/compact` be the CLI's own command */
  send(text: string, asCommand?: boolean): void;
  /** Makes the CLI begin without a message: a resumed one then goes on with its turn. */
  start(): void;
  next(matches: (line: CliLine) => boolean): Promise<CliLine>;
  /** SIGKILL, as a crash would, then a new process that resumes the session and goes on with its turn. */
  crashAndResume(): Promise<ClaudeCli>;
  stop(): Promise<void>;
};

/** The binary of this platform's npm package. */
function findClaudeBinary(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`@anthropic-ai/claude-code-${process.platform}-${process.arch}/package.json`, {
    paths: [dirname(require.resolve('@anthropic-ai/claude-code/package.json'))],
  });
  return join(dirname(manifest), 'claude');
}

/** @param url of the simulator */
export async function startClaudeCli(url: string): Promise<ClaudeCli> {
  const home = await mkdtemp(join(tmpdir(), 'signalbox-simulator-'));
  return run({ home, url, session: randomUUID(), resume: false });
}

type Run = { home: string; url: string; session: string; resume: boolean };

function run({ home, url, session, resume }: Run): ClaudeCli {
  const child = spawn(findClaudeBinary(), [...ARGUMENTS, resume ? '--resume' : '--session-id', session], {
    cwd: home,
    env: { ...environment(home, url), ...(resume ? { CLAUDE_CODE_RESUME_INTERRUPTED_TURN: '1' } : {}) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const { lines, next } = collect(child);
  const write = (line: object) => child.stdin?.write(`${JSON.stringify(line)}\n`);
  const send = (text: string, asCommand = false) => {
    const message = { role: 'user', content: text };
    const ids = { parent_tool_use_id: null, session_id: '', uuid: randomUUID() };
    write({ type: 'user', message, ...ids, client_composed: !asCommand });
  };
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  };
  return {
    lines,
    send,
    start: () => write({ type: 'control_request', request_id: 'start', request: { subtype: 'initialize' } }),
    next,
    ask(text, asCommand) {
      const after = lines.filter(({ type }) => type === 'result').length;
      send(text, asCommand);
      return next((line) => line.type === 'result' && lines.filter(({ type }) => type === 'result').length > after);
    },
    async crashAndResume() {
      await kill();
      return run({ home, url, session, resume: true });
    },
    async stop() {
      await kill();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const ARGUMENTS = [
  ...[
    '-p',
    '--input-format',
    'stream-json',
    '--output-format',
    'stream-json',
    '--verbose',
    '--include-partial-messages',
  ],
  ...['--permission-mode', 'bypassPermissions', '--append-system-prompt', 'You are the persona of this test.'],
  ...['--setting-sources', 'project,local', '--strict-mcp-config', '--session-mirror'],
];

function environment(home: string, url: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    CLAUDE_CONFIG_DIR: join(home, 'config'),
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'simulated',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    IS_SANDBOX: '1',
  };
}

function collect(child: ChildProcess): Pick<ClaudeCli, 'lines' | 'next'> {
  const lines: CliLine[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of [...waiting]) look();
  };
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk);
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(JSON.parse(line) as CliLine);
      wake();
    });
  }
  child.once('exit', wake);
  return {
    lines,
    next: (matches) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.findLast(matches);
          const ended = child.exitCode !== null || child.signalCode !== null;
          if (found === undefined && !ended) return;
          waiting.delete(look);
          if (found !== undefined) resolve(found);
          else reject(new Error(`The CLI ended (${child.exitCode ?? child.signalCode}): ${errors}`));
        };
        waiting.add(look);
        look();
      }),
  };
}
