import { execFile } from 'node:child_process';
import type { PingHost } from './hosts.ts';
import { judgeByKnock, judgeWithPort } from './judge.ts';
import { knock } from './knock.ts';
import { NO_TIME, type PingAnswer, type PingOutcome, readPing } from './read-ping.ts';

/** How long a host may take altogether, in ms: `ping` ends by itself after 4 s, but not while it looks up a name. */
const MOST_MS = 4_500;

/** Where a host is asked of which no port was named, if `ping` cannot be used. */
const FALLBACK_PORT = 443;

/**
 * Asks one host: with the program `ping` of the directories in `searchPath`, and at the port that it was named with; where `ping` cannot be
 * used, with a TCP connection alone. Never throws. `signal`: the answer is no longer wanted.
 */
export async function probe(
  host: PingHost,
  searchPath: string,
  signal: AbortSignal,
  mostMs = MOST_MS,
): Promise<PingAnswer> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(mostMs)]);
  const answer = await ask(host, searchPath, inTime);
  const couldBeLate = answer.kind === 'silent' || (answer.kind === 'closed' && answer.how === 'silent');
  return couldBeLate && signal.aborted ? NO_TIME : answer;
}

async function ask({ address, port }: PingHost, searchPath: string, signal: AbortSignal): Promise<PingAnswer> {
  const pinging = runPing(address, searchPath, signal).then(readPing);
  if (port === undefined)
    return (await pinging) ?? judgeByKnock(FALLBACK_PORT, await knock(address, FALLBACK_PORT, signal));
  const [pinged, knocked] = await Promise.all([pinging, knock(address, port, signal)]);
  return judgeWithPort(pinged, port, knocked);
}

/** No shell, and no environment of ours: only what makes it found and speak English. */
function runPing(address: string, searchPath: string, signal: AbortSignal): Promise<PingOutcome> {
  const args = ['-n', '-c', '3', '-i', '0.2', '-w', '4', '--', address];
  const options = {
    env: { PATH: searchPath, LC_ALL: 'C' },
    signal,
    killSignal: 'SIGKILL' as const,
    maxBuffer: 64 * 1024,
  };
  return new Promise((resolve) => {
    execFile('ping', args, options, (error, stdout, stderr) => {
      const code = signal.aborted ? undefined : error ? (error.code ?? undefined) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}
