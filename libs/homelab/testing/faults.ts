import type { HomelabErrorCode } from '../src/contract/homelab-error.ts';
import { cut, type Reply, redirect, status, text, tooLong } from './serve-fixtures.ts';

/** What can be wrong with an answer, and the code of the error that must come of it. `stop` ends the command's time. */
export const FAULTS: readonly (readonly [string, (stop: AbortController) => Reply, HomelabErrorCode])[] = [
  ['does not let us in', () => status(401), 'refused'],
  ['forbids it', () => status(403), 'refused'],
  ['never answers', (stop) => () => stop.abort(), 'timeout'],
  ['cuts the connection', () => cut, 'unreachable'],
  ['answers a web page', () => text('<!DOCTYPE html><html></html>'), 'answer'],
  ['answers JSON of another shape', () => text('{"hello":"world"}'), 'answer'],
  ['answers without end', () => tooLong, 'answer'],
  ['sends us elsewhere', () => redirect('https://login.example/'), 'answer'],
  ['fails', () => status(500), 'answer'],
];
