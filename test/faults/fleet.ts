import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../support/world.ts';
import type { History } from './history.ts';
import { Member, type Role } from './member.ts';

/** The bots and workers of a run. Each that ends is started again until the fleet is stopped. */
export class Fleet {
  readonly members: readonly Member[];
  readonly #logs: Promise<void>[] = [];

  constructor(world: World, history: History, logDir: string, size: Readonly<Record<Role, number>>) {
    const recruit = (role: Role, number: number) => {
      const victim = `${role}-${number}`;
      return new Member(victim, role, {
        start: () => world.start(role),
        onDied: (how) => history.record({ type: 'died', victim, how }),
        onUp: () => history.record({ type: 'healed', name: 'started', victim }),
        onEnded: (life, output) => {
          this.#logs.push(writeFile(join(logDir, `${victim}.${life}.log`), output));
        },
      });
    };
    this.members = (['bot', 'worker'] as const).flatMap((role) =>
      Array.from({ length: size[role] }, (_, i) => recruit(role, i + 1)),
    );
  }

  /** Those of a role that serve now. */
  serving(role: Role): Member[] {
    return this.members.filter((member) => member.role === role && member.isUp);
  }

  /** Resolves when all serve. */
  async bringUp(): Promise<void> {
    await Promise.all(this.members.map((member) => member.bringUp()));
  }

  /** A clean stop of all. */
  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.retire()));
    await Promise.all(this.#logs);
  }
}
