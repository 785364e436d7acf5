import type { World } from '../support/world.ts';
import type { Fleet } from './fleet.ts';
import type { History } from './history.ts';
import type { Member, Role } from './member.ts';
import type { Random } from './random.ts';
import type { LeaseWatch } from './watch-leases.ts';
import type { ProcessWatch } from './watch-processes.ts';

/** What a fault may break. */
export interface FaultContext {
  readonly world: World;
  readonly fleet: Fleet;
  readonly history: History;
  readonly random: Random;
  readonly leases: LeaseWatch;
  readonly processes: ProcessWatch;
  /** Waits; less once the faults are to end. */
  pause(ms: number): Promise<void>;
  /** Lets something be mended while the next faults come; it is waited for at the end. */
  later(mending: Promise<void>): void;
}

/** Something that can be broken again and again. */
export interface Fault {
  /** As `--only` takes it. */
  readonly name: string;
  /** How often it is chosen, against the others. */
  readonly weight: number;
  /** Breaks something. Resolves when the next fault may come; to `false` if there was nothing to break. */
  strike(context: FaultContext, name: string): Promise<boolean>;
}

/** One that may be broken because so many others of its role go on; `undefined` if there is none. */
export function chooseVictim({ fleet, random }: FaultContext, role: Role, othersNeeded: number): Member | undefined {
  const serving = fleet.serving(role);
  return serving.length > othersNeeded ? random.pick(serving) : undefined;
}

/** A process may have ended meanwhile. */
export function trySignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
