/** What one check found. `off`: there is nothing to check · `warn`: it works, and yet · `bad`: it does not work, and `text` says what to do. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'off' | 'warn' | 'bad';
  readonly text: string;
}

const SIGNS = { ok: '✔', off: '–', warn: '!', bad: '✘' } as const;

/** One line for each. */
export function showFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings.map(({ what, state, text }) => `${SIGNS[state]} ${what.padEnd(width)}  ${text}`).join('\n');
}
