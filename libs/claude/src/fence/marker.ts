/** The variable in Claude's environment, inherited by all its tools, that says whose they are. */
export const markerVariable = 'SIGNALBOX_SESSION';

/**
 * The variable that says which start they come from. A worker stops its own Claude by it: when that worker has lost the session
 * meanwhile, another's Claude may already run with the same marker.
 */
export const runVariable = 'SIGNALBOX_RUN';

/** The variable's value for a marker: without spaces and control characters, so that `ps` output can be searched too. */
export function markerValue(marker: string): string {
  if (marker === '') throw new Error('Expected `marker` to be a non-empty string, got an empty one.');
  return encodeURI(marker);
}

/** `SIGNALBOX_SESSION=<value>` as it stands in an environment. */
export function markerEntry(marker: string): string {
  return `${markerVariable}=${markerValue(marker)}`;
}

/** `SIGNALBOX_RUN=<run>` as it stands in an environment. */
export function runEntry(run: string): string {
  return `${runVariable}=${run}`;
}
