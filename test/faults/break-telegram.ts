import type { FaultEffect } from '@signalbox/simulator';
import type { FaultContext } from './fault.ts';
import type { Random } from './random.ts';

/** Telegram refuses the next few calls of one kind, or the connection is cut. */
export function disturbTelegram(effectOf: (random: Random) => FaultEffect) {
  return async ({ world, history, random }: FaultContext, name: string): Promise<boolean> => {
    const method = random.chance(0.75) ? 'sendMessage' : 'getUpdates';
    const rule = { method, times: random.between(1, 3), effect: effectOf(random) };
    history.record({ type: 'fault', name, victim: method });
    world.telegram.faults.add(rule);
    return true;
  };
}

export const tooManyRequests = (random: Random): FaultEffect => {
  const seconds = random.between(1, 4);
  const description = `Too Many Requests: retry after ${seconds}`;
  return { error: { code: 429, description, parameters: { retry_after: seconds } } };
};

export const serverError = (random: Random): FaultEffect =>
  random.chance(0.5) ? 'badGateway' : { error: { code: 500, description: 'Internal Server Error' } };

/** Telegram delivers the last updates again, although they were confirmed. */
export async function redeliver({ world, history, random }: FaultContext, name: string): Promise<boolean> {
  const count = world.telegram.redeliver(random.between(1, 10));
  if (count === 0) return false;
  history.record({ type: 'fault', name, victim: `${count} updates` });
  return true;
}
