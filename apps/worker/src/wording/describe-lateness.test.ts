import { expect, it } from 'vitest';
import { describeLateness } from './describe-lateness.ts';

const minutes = (count: number) => count * 60_000;
const sentAt = 1_000_000_000_000;
const at = (sent: number) => sentAt + minutes(sent);

it.each([
  ['was taken and served at once', 0, 0, 0, undefined],
  ['waited for an hour behind the turn of another, in a session that was served', 0, -5, 60, undefined],
  ['came while the bot was away for a moment', 1.9, -5, 2, undefined],
  ['came while the bot was away for long', 14, -5, 14, '⏱ Handling a message sent 14 min ago.'],
  ['was taken, while no worker ran', 0, 14, 14, '⏱ Handling a message sent 14 min ago.'],
  ['came while everything was down', 180, 181, 182, '⏱ Handling a message sent 3 h ago.'],
  ['was late and then waited behind others', 14, 14, 75, '⏱ Handling a message sent 1 h ago.'],
  ['is from a clock that is ahead', -1, -1, -1, undefined],
])('of a message that %s', (_what, added, served, handled, expected) => {
  expect(describeLateness({ sentAt, addedAt: at(added), servedSince: at(served) }, at(handled))).toBe(expected);
});
