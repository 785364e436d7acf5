import { randomInt } from 'node:crypto';

/** An id of the kind Telegram gives to albums and presses: a number too long for arithmetic. */
export function bigId(): string {
  return `${randomInt(1e9, 9e9)}${randomInt(1e9, 9e9)}`;
}
