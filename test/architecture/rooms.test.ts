import { describe, expect, it } from 'vitest';
import { againstOrder, circles, longestChain, tooFull } from './check-rooms.ts';
import { importsIn, importsOf, sourcesOf } from './read-imports.ts';
import { LONGEST_CHAIN, MOST_FILES, ROOMS } from './rooms.ts';

describe.each(Object.keys(ROOMS))('the rooms of %s', (project) => {
  it('stand in an order: imports run downwards', async () => {
    expect(againstOrder(project, ROOMS[project] ?? [], await importsOf(project))).toEqual([]);
  });

  it('hold what a person can take in, and no list of rooms names one that is gone', async () => {
    const files = await sourcesOf(project);
    expect(tooFull(project, files, MOST_FILES)).toEqual([]);
    const isThere = (room: string) =>
      files.some((file) => file.startsWith(room === '.' ? `${project}/src/` : `${project}/src/${room}/`));
    expect((ROOMS[project] ?? []).filter((room) => !isThere(room))).toEqual([]);
  });

  it('have no circle of files and no way of imports that is too long', async () => {
    const imports = await importsOf(project);
    expect(circles(imports)).toEqual([]);
    expect(longestChain(imports).slice(LONGEST_CHAIN)).toEqual([]);
  });
});

describe('what checks the rooms', () => {
  const order = ['.', 'upper', 'lower'];
  const file = (path: string, text: string) => importsIn(`apps/x/src/${path}`, text);

  it('sees an import upwards, and a folder that nobody named', () => {
    const up = file('lower/a.ts', `import { b } from '../upper/b.ts';`);
    const unknown = file('upper/b.ts', `import { c } from '../cellar/c.ts';`);
    const down = file('upper/b.ts', `import { a } from '../lower/a.ts';\nimport pino from 'pino';`);
    expect(againstOrder('apps/x', order, up)).toEqual([
      'apps/x/src/lower/a.ts imports upwards: ../upper/b.ts (upper stands above lower)',
    ]);
    expect(againstOrder('apps/x', order, unknown)).toEqual(['apps/x: the folder cellar is not in the list of rooms']);
    expect(againstOrder('apps/x', order, down)).toEqual([]);
  });

  it('sees two folders that import each other, whatever their order', () => {
    const both = [
      ...file('upper/b.ts', `import { a } from '../lower/a.ts';`),
      ...file('lower/c.ts', `export * from '../upper/d.ts';`),
    ];
    expect(againstOrder('apps/x', order, both)).toHaveLength(1);
    expect(againstOrder('apps/x', ['.', 'lower', 'upper'], both)).toHaveLength(1);
  });

  it('sees a circle of files, and a folder that is too full', () => {
    const circle = [...file('a.ts', `import './b.ts';`), ...file('b.ts', `import type { A } from './a.ts';`)];
    expect(circles(circle)).toEqual(['apps/x/src/a.ts → apps/x/src/b.ts → apps/x/src/a.ts']);
    expect(tooFull('apps/x', ['apps/x/src/a.ts', 'apps/x/src/b.ts'], 1)).toEqual([
      'apps/x: . holds 2 files, at most 1',
    ]);
  });

  it('sees a way that is too long', () => {
    const chain = [...file('a.ts', `import './b.ts';`), ...file('b.ts', `import './c.ts';`)];
    expect(longestChain(chain)).toHaveLength(3);
  });
});
