import { parseName } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { nameFromWords } from './name-from-words.ts';

describe('the name made from a message', () => {
  it.each([
    ['Can you please fix the nginx config?', 'fix-nginx-config'],
    ['https://example.org/a is down', 'example-org-down'],
    ['What is it?', 'what-is-it'],
    ['Café Zürich', 'café-zürich'],
    ['Почини nginx', 'почини'],
    ['supercalifragilisticexpialidocious words', 'supercalifragilisticexpi'],
    ['🙂 …', 'chat'],
    ['', 'chat'],
  ])('%j is %s', (text, name) => {
    expect(nameFromWords(text)).toBe(name);
  });

  it.each(['日本語 のテスト', 'сессия', '-_-', '../../etc', '\u0000', 'ﬁne', '１２３'])('%j can be a name', (text) => {
    const name = nameFromWords(text);
    expect(parseName(name)).toBe(name);
  });
});
