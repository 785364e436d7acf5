import {
  checkIntegration,
  describeMissing,
  type Integrations,
  secretsOfIntegration,
  type WatchSettings,
  watchProblems,
} from '@signalbox/homelab';
import { createRedactor, type RawEnvironment } from '@signalbox/service';
import type { Finding } from './finding.ts';

/**
 * One finding for each integration of the homelab, and one for each plugin that cannot be used and for what is wrong with the watch. Asks
 * all at the same time.
 */
export async function checkHouse(
  { configured, problems }: Integrations,
  env: RawEnvironment,
  watch: WatchSettings,
): Promise<Finding[]> {
  const redact = createRedactor(configured.flatMap(({ integration }) => secretsOfIntegration(integration, env)));
  const unforeseen = new Map<string, string>();
  const options = {
    now: Date.now,
    signal: new AbortController().signal,
    log: { warn: (fields: { err?: unknown; integration?: string }) => note(unforeseen, fields) },
  };
  const findings = await Promise.all(
    configured.map(async (each): Promise<Finding> => {
      const what = each.integration.name;
      if (each.state === 'missing') return { what, state: 'off', text: describeMissing(each.names) };
      if (each.state === 'invalid') return { what, state: 'bad', text: redact(each.problems.join(' ')) };
      const problem = await checkIntegration(each, options);
      const text = redact(unforeseen.get(what) ?? problem ?? 'answers');
      return { what, state: problem === undefined ? 'ok' : 'bad', text };
    }),
  );
  return [
    ...findings,
    ...problems.map((text): Finding => ({ what: 'plugin', state: 'bad', text })),
    ...watchProblems(watch, configured).map((text): Finding => ({ what: 'watch', state: 'bad', text })),
  ];
}

/** There is no log to look into here. */
function note(unforeseen: Map<string, string>, { err, integration }: { err?: unknown; integration?: string }): void {
  if (integration !== undefined) unforeseen.set(integration, `Something unforeseen happened: ${String(err)}`);
}
