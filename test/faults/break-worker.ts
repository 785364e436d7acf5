import { DEFAULT_LEASE_TTL_MS } from '@signalbox/queues';
import { chooseVictim, type FaultContext, trySignal } from './fault.ts';
import type { Member } from './member.ts';

/** A worker ends, by SIGKILL or as for a deploy, and is started again after a while. */
export function endWorker(signal: 'SIGKILL' | 'SIGTERM') {
  return async (context: FaultContext, name: string): Promise<boolean> => {
    const restartMs = context.random.between(200, 4_000);
    const member = chooseVictim(context, 'worker', 1);
    if (!member) return false;
    await strikeHolder(context, {
      name,
      member,
      strike: () => member.kill(signal, restartMs),
      isClean: signal === 'SIGTERM',
    });
    return true;
  };
}

/** A worker is frozen for three times its leases' time, half the time together with its Claude processes, and wakes up. */
export async function freezeWorker(context: FaultContext, name: string): Promise<boolean> {
  const { random, processes, history } = context;
  const alsoItsChildren = random.chance(0.5);
  const member = chooseVictim(context, 'worker', 1);
  if (!member) return false;
  const children = alsoItsChildren ? processes.childrenOf(member.pid) : [];
  const strike = () => {
    member.freeze();
    for (const pid of children) trySignal(pid, 'SIGSTOP');
  };
  await strikeHolder(context, { name, member, strike, isClean: false });
  const wakeUp = async () => {
    await context.pause(3 * DEFAULT_LEASE_TTL_MS);
    for (const pid of children) trySignal(pid, 'SIGCONT');
    member.wake();
    history.record({ type: 'healed', name, victim: member.name });
  };
  context.later(wakeUp());
  return true;
}

/** Strikes, and notes which sessions the worker held: what a dead one holds afterwards, what a stopped one held before. */
async function strikeHolder(
  { history, leases }: FaultContext,
  { name, member, strike, isClean }: { name: string; member: Member; strike(): void; isClean: boolean },
): Promise<void> {
  const owner = await leases.ownerOf(member.pid);
  const before = owner && isClean ? await leases.heldBy(owner) : {};
  const at = Date.now();
  strike();
  const held = owner && !isClean ? await leases.heldBy(owner) : before;
  history.record({ type: 'fault', name, victim: member.name, owner, ...held }, at);
}
