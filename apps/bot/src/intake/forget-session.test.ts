import type { SessionCard } from '@signalbox/contracts';
import { expect, it } from 'vitest';
import { createForgetSession } from './forget-session.ts';

const card = (name: string, more: Partial<SessionCard> = {}): SessionCard => ({
  ...{ name, pool: 'nas', persona: 'default', claimedBy: `u-${name}`, createdAt: 1 },
  ...more,
});

/** Forgets a session of a world with these cards; `held`: queues that somebody serves. Resolves to what was done, in order. */
async function forget(itself: SessionCard, cards: readonly SessionCard[], held: readonly string[] = []) {
  const done: string[] = [];
  const routing = {
    sessions: async () => cards.map((each) => ({ card: each, activity: undefined })),
    movePlaces: async (name: string) => void done.push(`places of ${name}`),
    unclaim: async ({ name }: SessionCard) => void done.push(`card of ${name}`),
    forgetActivity: async () => undefined,
  };
  const empty = async (queue: string) => {
    if (!held.includes(queue)) done.push(queue);
    return !held.includes(queue);
  };
  return { is: await createForgetSession({ empty, routing })(itself), done };
}

const all = (name: string) => [`control-${name}`, `session-${name}`, `places of ${name}`, `card of ${name}`];

it('a session that is forgotten loses what waits for it, its places, and its name last', async () => {
  expect(await forget(card('web'), [card('web'), card('other')])).toEqual({ is: true, done: all('web') });
});

it.each([
  ['a copy that was to be made of it', 'web', { awaits: 'web' }],
  ['a name that it was to get', 'web', { awaits: 'web', renames: true }],
  ['the session whose name was to be this one', 'next', { awaits: 'web', renames: true }],
])('with it goes %s', async (_what, named, more) => {
  const cards = [card('web'), card('next', more)];
  const { is, done } = await forget(cards.find(({ name }) => name === named) as SessionCard, cards);
  expect([is, [...done].sort()]).toEqual([true, [...all('web'), ...all('next')].sort()]);
});

it('a copy is forgotten without what it was to be made of', async () => {
  const cards = [card('web'), card('copy', { awaits: 'web' })];
  expect((await forget(cards[1] as SessionCard, cards)).done).toEqual(all('copy'));
});

it.each(['control-web', 'session-web'])('a session of which somebody holds %s is theirs', async (held) => {
  const { is, done } = await forget(card('web'), [card('web')], [held]);
  expect(is).toBe(false);
  expect(done).not.toContain('card of web');
});

it('a session that is another one by now is left alone', async () => {
  expect(await forget(card('web'), [card('web', { claimedBy: 'u-later' })])).toEqual({ is: true, done: [] });
});
