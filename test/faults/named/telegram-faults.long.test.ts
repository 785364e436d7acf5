import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { useWorld } from '../../support/use-world.ts';
import { until } from '../tools/until.ts';

const world = useWorld({}, (own) => own.newSession('web'));

const shown = (word: string) => world.texts().filter((text) => text.includes(word));
const fail = (code: number, description: string, retry_after?: number) => ({
  error: { code, description, ...(retry_after === undefined ? {} : { parameters: { retry_after } }) },
});

describe('Telegram', () => {
  it('that answers with 5xx for a while gets the reply again until it takes it, and shows it once', async () => {
    world.telegram.faults.add({ method: 'sendMessage', effect: 'badGateway', times: 2 });
    world.telegram.faults.add({ method: 'sendMessage', effect: fail(500, 'Internal Server Error'), times: 2 });
    world.telegram.faults.add({ method: 'getUpdates', effect: 'badGateway', times: 2 });
    await world.ask('[[say patience]]', 'patience');
    expect(shown('patience')).toEqual(['patience']);
  });

  it.each([
    ['before it carried a send out', 'cutBefore', ['(resent after restart)\nwire 1'], 'wire 1'],
    ['after it carried a send out', 'cutAfter', ['wire 2', '(resent after restart)\nwire 2'], 'wire 2'],
  ] as const)('whose connection is cut %s may have shown the reply: it comes again, marked', async (...given) => {
    const [, effect, expected, word] = given;
    world.telegram.faults.add({ method: 'sendMessage', effect });
    world.say(`[[say ${word}]]`);
    await world.shows(expected.at(-1) ?? '');
    await world.ask(`[[say after ${effect}]]`, `after ${effect}`);
    expect(shown(word)).toEqual(expected);
  });

  it('that delivers an update three times more causes one turn and one answer', async () => {
    await world.ask('[[say only once]]', 'only once');
    await until('the offset to move', () => world.telegram.pendingUpdates.length === 0);
    for (let time = 0; time < 3; time += 1) {
      expect(world.telegram.redeliver(1)).toBe(1);
      await until('the update to be taken again', () => world.telegram.pendingUpdates.length === 0);
    }
    await world.ask('[[say afterwards]]', 'afterwards');
    expect(shown('only once')).toEqual(['only once']);
    const turns = world.simulator.anthropic.turns().filter(({ lastUserText }) => lastUserText === '[[say only once]]');
    expect(turns).toHaveLength(1);
  });

  it('that says how long to wait is left alone for so long, also by the next bot, and then shows the reply once', async () => {
    const { redis } = world.closeAtEnd(await world.openQueues());
    const seconds = 8;
    world.telegram.faults.add({
      method: 'sendMessage',
      effect: fail(429, `Too Many Requests: retry after ${seconds}`, seconds),
    });
    const sends = () => world.telegram.calls.filter(({ method }) => method === 'sendMessage');
    const before = sends().length;
    world.say('[[say in time]]');
    await until('the refusal to be kept', async () => (await redis.exists(`signalbox:{reply-${ANN.id}}:closed`)) === 1);
    world.apps[0]?.kill('SIGKILL');
    await world.startAll(['bot']);
    await world.shows('in time');
    const [refused, next] = sends().slice(before);
    expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(seconds * 1_000);
    expect(shown('in time')).toEqual(['in time']);
  });
});
