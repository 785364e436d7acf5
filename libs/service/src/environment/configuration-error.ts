/** A start that cannot work as configured. `problems` holds a line for each variable, with no secret in it. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration does not work:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** What several readings of the configuration come to. Rejects with one `ConfigurationError` that has the problems of all. */
export async function readTogether<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const readings = await Promise.allSettled([first, second]);
  const errors = readings.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  const other = errors.find((error) => !(error instanceof ConfigurationError));
  if (other !== undefined) throw other;
  if (errors.length > 0)
    throw new ConfigurationError((errors as ConfigurationError[]).flatMap((error) => error.problems));
  return Promise.all([first, second]);
}
