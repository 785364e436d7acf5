import { type FaultContext, trySignal } from './fault.ts';

/** A Claude process is killed under its worker. */
export async function killClaude({ processes, history, random }: FaultContext, name: string): Promise<boolean> {
  const chosen = random.pick(Object.entries(processes.claudes()));
  const pid = chosen?.[1][0];
  if (!chosen || pid === undefined || !trySignal(pid, 'SIGKILL')) return false;
  history.record({ type: 'fault', name, victim: `Claude of ${chosen[0]}` });
  return true;
}
