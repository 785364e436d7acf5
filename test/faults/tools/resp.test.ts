import { describe, expect, it } from 'vitest';
import { RespError, RespReader } from './resp.ts';

const command = '*3\r\n$3\r\nSET\r\n$3\r\nk\r\n\r\n$5\r\n*2:ü\r\n';

describe('RespReader', () => {
  it.each([
    ['a command whose strings hold line ends, signs and letters of two bytes', command, ['SET', 'k\r\n', '*2:ü']],
    ['a status', '+OK\r\n', 'OK'],
    ['an error', '-NOSCRIPT No matching script\r\n', new RespError('NOSCRIPT No matching script')],
    ['a number', ':-42\r\n', -42],
    ['nothing', '$-1\r\n', null],
    ['no list', '*-1\r\n', null],
    ['an empty string and an empty list', '*2\r\n$0\r\n\r\n*0\r\n', ['', []]],
    ['lists in lists', '*2\r\n*1\r\n:1\r\n*2\r\n$1\r\na\r\n$-1\r\n', [[1], ['a', null]]],
  ])('reads %s, whole or byte by byte', (_what, text, value) => {
    const bytes = Buffer.from(text);
    expect(new RespReader().push(bytes)).toEqual([{ value, bytes }]);
    const reader = new RespReader();
    const frames = [...bytes].flatMap((byte) => reader.push(Buffer.from([byte])));
    expect(frames).toEqual([{ value, bytes }]);
  });

  it('reads a pipeline in order and keeps what is not whole for the next chunk', () => {
    const reader = new RespReader();
    expect(reader.push(Buffer.from('+a\r\n:2\r\n$3\r\nab')).map(({ value }) => value)).toEqual(['a', 2]);
    expect(reader.push(Buffer.from('c\r\n+d\r\n')).map(({ value }) => value)).toEqual(['abc', 'd']);
  });

  it('gives every byte on as it came, also those that are no text', () => {
    const bytes = Buffer.concat([Buffer.from('$4\r\n'), Buffer.from([0xff, 0x00, 0xc3, 0x0d]), Buffer.from('\r\n')]);
    expect(new RespReader().push(bytes)[0]?.bytes).toEqual(bytes);
  });

  it('refuses what is no RESP2', () => {
    expect(() => new RespReader().push(Buffer.from('PING\r\n'))).toThrow(/Expected RESP2 .* got "PING"/);
  });
});
