import { dirname, relative } from 'node:path';
import { type Import, importedFile } from './read-imports.ts';

/** What breaks the order of a project's folders, in words. `order`: from top to bottom, as in `rooms.ts`. */
export function againstOrder(project: string, order: readonly string[], imports: readonly Import[]): string[] {
  const problems = imports.flatMap((each) => {
    const to = importedFile(each);
    if (to === undefined) return [];
    const [here, there] = [roomOf(project, each.file), roomOf(project, to)];
    const unknown = [here, there].find((room) => !order.includes(room));
    if (unknown !== undefined) return [`${project}: the folder ${unknown} is not in the list of rooms`];
    const goesUp = order.indexOf(there) < order.indexOf(here);
    return goesUp ? [`${each.file} imports upwards: ${each.from} (${there} stands above ${here})`] : [];
  });
  return [...new Set(problems)];
}

/** Folders that hold more source files than `most`, in words. */
export function tooFull(project: string, files: readonly string[], most: number): string[] {
  const rooms = files.map((file) => roomOf(project, file));
  return [...new Set(rooms)].flatMap((room) => {
    const held = rooms.filter((each) => each === room).length;
    return held > most ? [`${project}: ${room} holds ${held} files, at most ${most}`] : [];
  });
}

/** Files that import each other in a circle, each as the way round it. */
export function circles(imports: readonly Import[]): string[] {
  const next = graphOf(imports);
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) found.add([...way.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return [...found];
}

/** The longest way of imports, as the files on it. The imports must have no circle. */
export function longestChain(imports: readonly Import[]): string[] {
  const next = graphOf(imports);
  const known = new Map<string, string[]>();
  const from = (file: string): string[] => {
    const before = known.get(file);
    if (before) return before;
    const rest = (next.get(file) ?? []).map(from).reduce((a, b) => (b.length > a.length ? b : a), []);
    known.set(file, [file, ...rest]);
    return [file, ...rest];
  };
  return [...next.keys()].map(from).reduce((a, b) => (b.length > a.length ? b : a), []);
}

/** The folder of a file below its project's `src`; `.` for `src` itself. */
function roomOf(project: string, file: string): string {
  return relative(`${project}/src`, dirname(file)) || '.';
}

function graphOf(imports: readonly Import[]): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const each of imports) {
    const to = importedFile(each);
    if (to !== undefined) next.set(each.file, [...(next.get(each.file) ?? []), to]);
  }
  return next;
}
