/**
 * Makes the file system of a production process fail below one directory; a preload (NODE_OPTIONS=--import=<this file>):
 *
 *   FS_FAULTS_DIR      the directory
 *   FS_FAULTS_ERROR    a file; while it holds ENOSPC or EROFS, what would write fails with that
 *   FS_FAULTS_DIE_AT   a number; the process is killed at this step of the calls that write. A write has two steps: with nothing
 *                      written, and with half of it.
 *
 * It stands between the process and node:fs/promises, which is all that writes the project's state files.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve, sep } from 'node:path';

const { FS_FAULTS_DIR = '', FS_FAULTS_ERROR, FS_FAULTS_DIE_AT } = process.env;
const dieAt = Number(FS_FAULTS_DIE_AT ?? 0);
const { readFileSync } = fs;
const original = { ...fs.promises };
let steps = 0;

function isBelow(path) {
  return `${resolve(String(path))}${sep}`.startsWith(`${resolve(FS_FAULTS_DIR)}${sep}`);
}

/** A moment at which the process may die. */
function step() {
  steps += 1;
  if (steps === dieAt) process.kill(process.pid, 'SIGKILL');
}

function currentError() {
  try {
    return FS_FAULTS_ERROR === undefined ? '' : readFileSync(FS_FAULTS_ERROR, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Fails as the disk does now. A full one still takes renames and removals. */
function check(syscall, path, { takesSpace }) {
  const code = currentError();
  if (code !== 'EROFS' && !(code === 'ENOSPC' && takesSpace)) return;
  throw Object.assign(new Error(`${code}: injected, ${syscall} '${path}'`), { code, syscall, path });
}

function wrap(name, { takesSpace, isHarmless = async () => false }) {
  fs.promises[name] = async (...args) => {
    const path = args[0];
    if (isBelow(path) && !(await isHarmless(...args))) {
      step();
      check(name, path, { takesSpace });
    }
    return original[name](...args);
  };
}

const isThere = (path) =>
  original.access(path).then(
    () => true,
    () => false,
  );

wrap('mkdir', { takesSpace: true, isHarmless: isThere });
wrap('writeFile', { takesSpace: true });
wrap('rename', { takesSpace: false });
wrap('unlink', { takesSpace: false });
wrap('rmdir', { takesSpace: false });
wrap('rm', { takesSpace: false, isHarmless: async (path) => !(await isThere(path)) });
wrap('open', { takesSpace: true, isHarmless: async (_path, flags = 'r') => flags === 'r' });

const { open } = fs.promises;
fs.promises.open = async (...args) => {
  const handle = await open(...args);
  if (isBelow(args[0])) wrapHandle(handle, args[0]);
  return handle;
};

function wrapHandle(handle, path) {
  const { writeFile, sync, close } = handle;
  handle.writeFile = async (data, ...more) => {
    step();
    check('write', path, { takesSpace: true });
    if (steps + 1 === dieAt) await writeFile.call(handle, String(data).slice(0, String(data).length / 2));
    step();
    return writeFile.call(handle, data, ...more);
  };
  handle.sync = async () => {
    step();
    return sync.call(handle);
  };
  handle.close = async () => {
    step();
    return close.call(handle);
  };
}

syncBuiltinESMExports();
