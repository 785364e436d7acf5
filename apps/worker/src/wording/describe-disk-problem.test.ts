import { expect, it } from 'vitest';
import { describeDiskProblem } from './describe-disk-problem.ts';

const failure = (code: string, path?: string) => Object.assign(new Error(code), { code, ...(path ? { path } : {}) });

it.each([
  ['ENOSPC', '/s/web/metadata.json', '/s cannot be used: the disk is full (ENOSPC). Free some space there.'],
  ['EROFS', '/s', '/s cannot be used: the disk is read-only (EROFS). Mount it writable'],
  ['EACCES', '/s/web', '/s cannot be used: the worker’s user may not (EACCES). Give it the right'],
  ['ENOSPC', undefined, '/s cannot be used: the disk is full (ENOSPC).'],
])('%s at %s says what is wrong, where, and what to do', (code, path, expected) => {
  expect(describeDiskProblem(failure(code, path), '/s')).toContain(expected);
});

it.each([failure('ENOTDIR', '/s/web'), failure('EACCES', '/sessions/x'), new Error('x'), 'ENOSPC', undefined, null])(
  '%s is not the disk of the sessions',
  (error) => {
    expect(describeDiskProblem(error, '/s')).toBeUndefined();
  },
);
