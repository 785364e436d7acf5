import { chooseVictim, type FaultContext } from './fault.ts';

/** A bot ends, by SIGKILL or as for a deploy, and is started again after a while. For that long there may be none. */
export function endBot(signal: 'SIGKILL' | 'SIGTERM') {
  return async (context: FaultContext, name: string): Promise<boolean> => {
    const restartMs = context.random.between(200, 3_000);
    const member = chooseVictim(context, 'bot', 0);
    if (!member) return false;
    context.history.record({ type: 'fault', name, victim: member.name });
    member.kill(signal, restartMs);
    return true;
  };
}
