import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ClaudeOptions,
  type ClaudeProcess,
  findClaude,
  killStaleProcesses,
  startClaude,
  type TurnEvent,
} from '@signalbox/claude';
import { type Simulator, startSimulator } from '@signalbox/simulator';
import { expect } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const KEY = 'sk-ant-simulated-key';

/** The real CLI, a simulated model, and a session on disk. Dispose of it after each test. */
export class World {
  readonly simulator: Simulator;
  readonly directory: string;
  readonly options: ClaudeOptions;
  readonly late: TurnEvent[] = [];
  readonly warnings: string[] = [];
  readonly #started: ClaudeProcess[] = [];

  private constructor(simulator: Simulator, directory: string, binary: string) {
    this.simulator = simulator;
    this.directory = directory;
    this.options = {
      binary,
      cwd: join(directory, 'workspace'),
      claudeSessionId: randomUUID(),
      marker: directory,
      configDir: join(directory, 'config'),
      environment: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        HOME: directory,
        LANG: 'C.UTF-8',
        ANTHROPIC_API_KEY: KEY,
        ANTHROPIC_BASE_URL: simulator.url,
        IS_SANDBOX: '1',
      },
      permissionMode: 'bypassPermissions',
      onPermission: async () => ({ behavior: 'deny', message: 'Nobody was to be asked in this test.' }),
      onLate: (event) => void this.late.push(event),
      onWarning: (warning) => this.warnings.push(warning),
    };
  }

  static async create(): Promise<World> {
    const { path } = await findClaude({ path: '', packageRoots: [ROOT] });
    const directory = await mkdtemp(join(tmpdir(), 'claude-real-'));
    await mkdir(join(directory, 'workspace'));
    return new World(await startSimulator(), directory, path);
  }

  get workspace(): string {
    return this.options.cwd;
  }

  async start(options: Partial<ClaudeOptions> = {}): Promise<ClaudeProcess> {
    const claude = await startClaude({ ...this.options, ...options });
    this.#started.push(claude);
    return claude;
  }

  /** Ends the process as a crash would. Its tools' children stay. */
  async crash(claude: ClaudeProcess): Promise<void> {
    process.kill(claude.pid, 'SIGKILL');
    await claude.exited;
  }

  /** The processes that carry this session's marker, found without the library. */
  async census(): Promise<number[]> {
    const found: number[] = [];
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      if (environ.includes(`SIGNALBOX_SESSION=${this.directory}\0`)) found.push(Number(pid));
    }
    return found;
  }

  /** Whether the session's transcript has a row with this id. */
  async isOnDisk(rowUuid: string): Promise<boolean> {
    return (await this.transcript()).includes(`"uuid":"${rowUuid}"`);
  }

  /** Whether a row of a person or a tool has this in its content. Rows of other types quote whole requests. */
  async hasUserRowWith(text: string): Promise<boolean> {
    return (await this.transcript()).split('\n').some((line) => {
      const row = line.endsWith('}') ? JSON.parse(line) : {};
      return row.type === 'user' && JSON.stringify(row.message.content).includes(text);
    });
  }

  async transcript(): Promise<string> {
    const projects = join(this.directory, 'config', 'projects');
    const names = await readdir(projects).catch(() => []);
    const files = names.map((name) => join(projects, name, `${this.options.claudeSessionId}.jsonl`));
    return (await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))).join('');
  }

  /** The person's texts of the last request that reached the model. */
  get lastTexts(): string[] | undefined {
    return this.simulator.anthropic.requests.at(-1)?.userTexts;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#started.map((claude) => claude.stop()));
    await killStaleProcesses(this.options.marker);
    expect(await this.census()).toEqual([]);
    await this.simulator.close();
    await rm(this.directory, { recursive: true, maxRetries: 5 });
  }
}

export const message = (content: string) => ({ uuid: randomUUID(), content });

/** A collector of events: `onEvent` for `runTurn`, and what was said. */
export function collect() {
  const events: TurnEvent[] = [];
  return {
    events,
    onEvent: (event: TurnEvent) => void events.push(event),
    get said(): string[] {
      return events.flatMap((event) => (event.type === 'said' ? [event.text] : []));
    },
    get rows(): string[] {
      return events.flatMap((event) => (event.type === 'said' ? [event.rowUuid] : []));
    },
  };
}

export const bash = (command: string, more = {}) =>
  `[[tool Bash ${JSON.stringify({ command, description: 'test', ...more })}]]`;
