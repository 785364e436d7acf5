import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { History } from './history.ts';

/** How often the processes are counted, in ms. */
const SAMPLE_EVERY_MS = 200;

export interface ProcessWatch {
  /** The Claude processes of the last look, by session. */
  claudes(): Readonly<Record<string, readonly number[]>>;
  /** The Claude processes that this process has now. */
  childrenOf(pid: number): number[];
  stop(): void;
}

/** Counts the Claude processes below `sessionsDir` again and again, and notes each change. Linux alone. */
export function watchProcesses(sessionsDir: string, history: History): ProcessWatch {
  let samples = 0;
  let latest: Record<string, number[]> = {};
  const sample = () => {
    samples += 1;
    const claudes = countClaudesSurely(sessionsDir);
    const changed = JSON.stringify(claudes) !== JSON.stringify(latest);
    latest = claudes;
    if (changed) history.record({ type: 'census', claudes, samples });
  };
  const timer = setInterval(sample, SAMPLE_EVERY_MS);
  return {
    claudes: () => latest,
    childrenOf: (pid) =>
      Object.values(latest)
        .flat()
        .filter((each) => parentOf(each) === pid),
    stop() {
      clearInterval(timer);
      sample();
      history.record({ type: 'census', claudes: latest, samples });
    },
  };
}

/** Looks a second time at once if a session seems to have two: one that ended or became a tool during the look was none. */
function countClaudesSurely(sessionsDir: string): Record<string, number[]> {
  const claudes = countClaudes(sessionsDir);
  if (Object.values(claudes).every((pids) => pids.length === 1)) return claudes;
  const again = countClaudes(sessionsDir);
  const stillThere = ([session, pids]: [string, number[]]) =>
    [session, pids.filter((pid) => again[session]?.includes(pid))] as const;
  return Object.fromEntries(
    Object.entries(claudes)
      .map(stillThere)
      .filter(([, pids]) => pids.length > 0),
  );
}

/**
 * Session → pids, sorted. Read at one go, without letting anything else run in between, so that a process that makes room for
 * the next is not counted together with it.
 */
function countClaudes(sessionsDir: string): Record<string, number[]> {
  const marker = `SIGNALBOX_SESSION=${encodeURI(sessionsDir)}/`;
  const found = new Map<number, { session: string; parent: number }>();
  for (const pid of readdirSync('/proc').map(Number)) {
    if (!(pid > 0) || !read(pid, 'cmdline').includes('--input-format')) continue;
    const entry = read(pid, 'environ')
      .split('\0')
      .find((each) => each.startsWith(marker));
    const parent = parentOf(pid);
    // Without a parent it has ended since its command line was read.
    if (entry && parent > 0) found.set(pid, { session: basename(entry), parent });
  }
  const claudes: Record<string, number[]> = {};
  for (const [pid, { session, parent }] of [...found].sort(([a], [b]) => a - b)) {
    // What Claude forks is its image until it has become a tool.
    if (found.get(parent)?.session === session) continue;
    claudes[session] = [...(claudes[session] ?? []), pid];
  }
  return claudes;
}

function parentOf(pid: number): number {
  const stat = read(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

/** A process may end at any time; a dead one has no command line. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
