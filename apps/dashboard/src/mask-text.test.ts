import { expect, it } from 'vitest';
import { maskText } from './mask-text.ts';

it('keeps numbers, marks and names, and shows of every other text only its length', () => {
  const job = {
    version: 1,
    kind: 'message',
    session: 'web',
    text: 'my secret',
    origin: { place: { chatId: 7 }, userName: 'Ann' },
    silent: true,
    parts: ['a', null, { text: 'bc' }],
  };
  expect(maskText(job)).toEqual({
    version: 1,
    kind: 'message',
    session: 'web',
    text: '(9 characters)',
    origin: { place: { chatId: 7 }, userName: '(3 characters)' },
    silent: true,
    parts: ['(1 characters)', null, { text: '(2 characters)' }],
  });
});

it.each([[undefined], [null], [7], ['text'], [[]]])('takes anything: %j', (value) => {
  expect(() => maskText(value)).not.toThrow();
});
