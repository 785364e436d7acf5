/** What became of asking a host. `via`: `icmp`, `tcp/` and the port, or both. */
export type PingAnswer =
  | { readonly kind: 'alive'; readonly via: string; readonly ms?: number; readonly lostPercent: number }
  /** The host is there, but the port that it was named with is not. */
  | { readonly kind: 'closed'; readonly port: number; readonly how: 'refused' | 'silent' }
  | { readonly kind: 'silent'; readonly via: string }
  /** It could not be told. */
  | { readonly kind: 'unknown'; readonly why: string };

/** The answer of a host that could not be asked before the command had to end. */
export const NO_TIME: PingAnswer = { kind: 'unknown', why: 'no time left to ask it' };

/** How the program `ping` ended; `code` is `ENOENT` if it is not installed, `undefined` if it was stopped. */
export interface PingOutcome {
  readonly code: number | string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const STATISTICS = /(\d+) packets transmitted, (\d+) (?:packets )?received/;
const AVERAGE = /(?:rtt|round-trip) min\/avg\/max\S* = [\d.]+\/([\d.]+)\//;

/** What `ping -n -c 3` found out; `undefined` if this program cannot be used here: not installed, not allowed, another kind. */
export function readPing({ code, stdout, stderr }: PingOutcome): PingAnswer | undefined {
  if (code === undefined) return { kind: 'silent', via: 'icmp' };
  const [, sent, received] = STATISTICS.exec(stdout)?.map(Number) ?? [];
  if (sent && received !== undefined) {
    if (received === 0) return { kind: 'silent', via: 'icmp' };
    const average = AVERAGE.exec(stdout)?.[1];
    const lostPercent = Math.round((1 - Math.min(received / sent, 1)) * 100);
    return { kind: 'alive', via: 'icmp', lostPercent, ...(average && { ms: Number(average) }) };
  }
  if (/Network is unreachable|No route to host/.test(stderr)) return { kind: 'silent', via: 'icmp' };
  const why =
    /^ping: [^:]+: (Name or service not known|Temporary failure in name resolution|No address associated.*|Invalid argument)$/m.exec(
      stderr,
    )?.[1];
  return why ? { kind: 'unknown', why } : undefined;
}
