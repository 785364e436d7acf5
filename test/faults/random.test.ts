import { expect, it } from 'vitest';
import { createRandom, type Random } from './random.ts';

const draw = (random: Random) => Array.from({ length: 200 }, () => random.between(1, 6));

it('the same seed and stream give the same sequence, others another', () => {
  expect(draw(createRandom(7, 'a'))).toEqual(draw(createRandom(7, 'a')));
  expect(draw(createRandom(7, 'a'))).not.toEqual(draw(createRandom(8, 'a')));
  expect(draw(createRandom(7, 'a'))).not.toEqual(draw(createRandom(7, 'b')));
});

it('whole numbers lie between the limits, and each of them comes', () => {
  expect([...new Set(draw(createRandom(1)))].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

it('shuffling keeps everything and changes the order', () => {
  const numbers = Array.from({ length: 20 }, (_, i) => i);
  const shuffled = createRandom(1).shuffled(numbers);
  expect(shuffled).not.toEqual(numbers);
  expect([...shuffled].sort((a, b) => a - b)).toEqual(numbers);
});
