import type { ListedProcess } from './list-processes.ts';

/**
 * The processes to end: those with the mark and their descendants (a tool may clear its environment), but never the
 * process that asks, nor its ancestors: a worker may have been started out of a session.
 */
export function selectStale(processes: readonly ListedProcess[], self: number): number[] {
  const parents = new Map(processes.map(({ pid, ppid }) => [pid, ppid]));
  const spared = new Set(lineage(self, parents));
  const marked = new Set(processes.flatMap(({ pid, marked }) => (marked && !spared.has(pid) ? [pid] : [])));
  return processes
    .filter(({ pid }) => !spared.has(pid) && lineage(pid, parents).some((ancestor) => marked.has(ancestor)))
    .map(({ pid }) => pid);
}

/** A process and its ancestors. */
function lineage(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const line: number[] = [];
  for (let next: number | undefined = pid; next && !line.includes(next); next = parents.get(next)) line.push(next);
  return line;
}
