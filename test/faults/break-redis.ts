import { type FaultContext, trySignal } from './fault.ts';

/** Redis is killed and started again on its data after a while. */
export async function killRedis({ world, history, random, pause }: FaultContext, name: string): Promise<boolean> {
  const awayMs = random.between(0, 5_000);
  history.record({ type: 'fault', name, victim: 'redis' });
  trySignal(world.redis.pid, 'SIGKILL');
  await world.redis.ended;
  await pause(awayMs);
  await world.restartRedis();
  history.record({ type: 'healed', name, victim: 'redis' });
  return true;
}

/** Redis is there and answers nobody. */
export async function freezeRedis({ world, history, random, pause }: FaultContext, name: string): Promise<boolean> {
  const frozenMs = random.between(5_000, 15_000);
  history.record({ type: 'fault', name, victim: 'redis' });
  trySignal(world.redis.pid, 'SIGSTOP');
  await pause(frozenMs);
  trySignal(world.redis.pid, 'SIGCONT');
  history.record({ type: 'healed', name, victim: 'redis' });
  return true;
}
