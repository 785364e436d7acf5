import closeWithGrace from 'close-with-grace';
import { ConfigurationError } from '../environment/configuration-error.ts';
import { describeLookAlike, findLookAlikes } from '../environment/look-alikes.ts';
import { processEnvironment, type RawEnvironment } from '../environment/process-environment.ts';
import { readIfRight } from '../environment/read-variables.ts';
import { secretsOf } from '../environment/secrets.ts';
import { createLog, type Log } from '../logging/log.ts';
import { createGrowingRedactors, type Redact } from '../logging/redactor.ts';
import { pause } from '../waiting/backoff.ts';

/** What a starting app is given. */
export interface ServiceContext {
  readonly env: RawEnvironment;
  readonly log: Log;
  readonly redact: Redact;
  /** For a text that was cut off or still grows. */
  readonly redactBeginning: Redact;
  /** Takes these out of the log and all that is redacted as well, from now on. */
  hide(secrets: readonly string[]): void;
  /** Ends the process as failed for good: starting it again would not help. */
  fail(error: Error): void;
}

/** What a started app gives back. */
export interface Service {
  /** Stops cleanly. Called once. */
  stop(): Promise<void>;
  /** How long `stop` may take before the process ends all the same, in ms. */
  readonly stopWithinMs: number;
}

/** Exit code of a process that must be configured otherwise; whoever restarts processes should not restart it. */
export const EXIT_CONFIGURATION = 78;

/** A failure that a restart does not mend: the sentence says what to do. */
export class FatalError extends Error {
  override name = 'FatalError';
}

/**
 * Runs one app as a process: names that look like ours and are none are warned of; configuration errors are listed and end it with exit code 78; SIGTERM, SIGINT and the end of the
 * process that started it (its IPC channel closes) stop it cleanly, a second signal at once; an unforeseen error ends it with 1.
 */
export async function runService(name: string, start: (context: ServiceContext) => Promise<Service>): Promise<void> {
  const env = processEnvironment();
  const { redact, redactBeginning, hide } = createGrowingRedactors(secretsOf(env));
  const log = createLog({ name, level: readIfRight(env, ['LOG_LEVEL'])?.LOG_LEVEL ?? 'info', redact });
  for (const each of findLookAlikes(env)) log.warn(describeLookAlike(each));
  let service: Service | undefined;
  let failed = false;
  const closing = closeWithGrace({ delay: false, logger: false }, async ({ signal, err }) => {
    if (err) log.fatal({ err }, 'Stopped by an unforeseen error');
    else log.info(signal ? `Stopping (${signal})` : 'Stopping');
    if (service) await Promise.race([service.stop(), pause(service.stopWithinMs)]);
    if (failed) process.exit(EXIT_CONFIGURATION);
  });
  const fail = (error: Error) => {
    log.fatal(error.message);
    failed = true;
    closing.close();
  };
  process.once('disconnect', () => closing.close());
  try {
    service = await start({ env, log, redact, redactBeginning, hide, fail });
    // Whoever started this process may want to know that it serves.
    process.send?.({ type: 'ready' });
  } catch (error) {
    if (!(error instanceof ConfigurationError || error instanceof FatalError)) throw error;
    fail(error);
  }
}
