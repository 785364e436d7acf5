import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { bash } from '../../support/directives.ts';
import type { World } from '../../support/world.ts';
import { SESSION } from './two-workers.ts';
import { until } from './until.ts';

/** A tool that runs for 10 minutes; done again after a crash it ends at once. */
export const LONG_TOOL = bash('[ -e ran ] || { touch ran; sleep 600; }');

/** Resolves when a tool has left the file `ran` in the workspace. */
export async function toolRuns(world: World): Promise<void> {
  const file = join(world.dir, 'sessions', SESSION, 'workspace', 'ran');
  await until('a tool to run', () =>
    access(file).then(
      () => true,
      () => false,
    ),
  );
}
