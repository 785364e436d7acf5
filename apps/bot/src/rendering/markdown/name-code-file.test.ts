import { describe, expect, it } from 'vitest';
import { type CodeDescription, nameCodeFile } from './name-code-file.ts';

const name = (more: Partial<CodeDescription>, taken: string[] = []) =>
  nameCodeFile({ language: '', info: '', before: '', code: 'x', ...more }, 3, new Set(taken));

describe('the file of a code block', () => {
  it.each([
    ['ts', 'block-3.ts'],
    ['Python', 'block-3.py'],
    ['bash', 'block-3.sh'],
    ['yml', 'block-3.yaml'],
    ['c++', 'block-3.cpp'],
    ['zig', 'block-3.zig'],
    ['dockerfile', 'Dockerfile'],
    ['Makefile', 'Makefile'],
    ['', 'block-3.txt'],
    ['what-is-this', 'block-3.txt'],
  ])('in %s is %s', (language, file) => {
    expect(name({ language })).toBe(file);
  });

  it.each<[string, Partial<CodeDescription>]>([
    ['a title', { language: 'ts', info: 'title="src/app.ts" {1}' }],
    ['a word on the line of the fence', { language: 'typescript', info: 'src/app.ts' }],
    ['a colon in it', { language: 'ts:src/app.ts' }],
    ['the language itself', { language: 'app.ts' }],
    ['a line of its own before it', { language: 'ts', before: 'Here it is.\n**`src/app.ts`**' }],
    ['the only path in a line that ends with a colon', { language: 'ts', before: 'Put this in `src/app.ts` (new):' }],
    ['a comment at its beginning', { language: 'ts', code: '// src/app.ts\nx' }],
  ])('is named by %s', (_how, block) => {
    expect(name(block)).toBe('app.ts');
  });

  it.each<[string, Partial<CodeDescription>]>([
    ['two paths', { before: 'Copy `a.ts` to `b.ts`:' }],
    ['a path that is talked about', { before: 'I changed app.ts as you said.' }],
    ['a version', { before: 'Since 1.2:' }],
    ['what leads elsewhere', { info: '../..' }],
    ['a comment of many words', { code: '# this is app.ts indeed' }],
  ])('is not named by %s', (_how, block) => {
    expect(name({ language: 'sh', ...block })).toBe('block-3.sh');
  });

  it('never has the name of another one', () => {
    expect(name({ language: 'makefile' }, ['Makefile'])).toBe('3-Makefile');
  });
});
