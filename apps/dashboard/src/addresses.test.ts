import { expect, it } from 'vitest';
import { hostOf, isOwnName, urlOf } from './addresses.ts';

it.each([
  ['LOCALHOST', '127.0.0.1'],
  ['[::1]', '127.0.0.1'],
  ['nas.example', 'nas.example'],
  ['127.0.0.1', '0.0.0.0'],
  ['192.168.1.5', '0.0.0.0'],
  ['[fe80::1]', '::'],
])('%s is a name of a dashboard that listens on %s', (name, host) => {
  expect(isOwnName(name, host)).toBe(true);
});
it.each([
  ['evil.example', '127.0.0.1'],
  ['192.168.1.5', '127.0.0.1'],
  ['evil.example', '0.0.0.0'],
  ['localhost.evil.example', '0.0.0.0'],
  ['0.0.0.0.evil.example', '0.0.0.0'],
])('%s is none of one that listens on %s', (name, host) => {
  expect(isOwnName(name, host)).toBe(false);
});

it.each([
  ['localhost:3000', 'localhost'],
  ['[::1]:3000', '[::1]'],
  ['nas', 'nas'],
])('reads the host of %s', (authority, host) => {
  expect(hostOf(authority)).toBe(host);
});
it.each(['', 'a b', 'localhost:3000@evil', 'localhost/x', 'localhost:x', ':3000'])(
  'finds no host in %j',
  (authority) => {
    expect(hostOf(authority)).toBeUndefined();
  },
);

it('makes an address that a browser can open', () => {
  expect(urlOf('0.0.0.0', 3000)).toBe('http://127.0.0.1:3000');
  expect(urlOf('::1', 1)).toBe('http://[::1]:1');
});
