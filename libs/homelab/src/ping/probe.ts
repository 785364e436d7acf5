import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import type { PingHost } from './hosts.ts';
import { NO_TIME, type PingAnswer, type PingOutcome, readPing } from './read-ping.ts';

/** How long a host may take altogether, in ms: `ping` ends by itself after 4 s, but not while it looks up a name. */
const MOST_MS = 4_500;

/**
 * Asks one host: with the program `ping` of the directories in `searchPath`, else with a TCP connection. Never throws. `signal`: the answer
 * is no longer wanted.
 */
export async function probe(
  host: PingHost,
  searchPath: string,
  signal: AbortSignal,
  mostMs = MOST_MS,
): Promise<PingAnswer> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(mostMs)]);
  const answer = readPing(await runPing(host.address, searchPath, inTime)) ?? (await knock(host, inTime));
  return answer.kind === 'silent' && signal.aborted ? NO_TIME : answer;
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

/** Opens a TCP connection and closes it at once. Who refuses it is alive. */
function knock({ address, port }: PingHost, signal: AbortSignal): Promise<PingAnswer> {
  const via = `tcp/${port}`;
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, signal });
    const alive = () => resolve({ kind: 'alive', via, lostPercent: 0, ms: performance.now() - began });
    socket.once('connect', () => {
      alive();
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') alive();
      else resolve(failed(error.code ?? error.name, via, signal.aborted));
    });
  });
}

function failed(code: string, via: string, stopped: boolean): PingAnswer {
  if (stopped || /^(ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ECONNRESET)$/.test(code))
    return { kind: 'silent', via };
  const why = /^(ENOTFOUND|EAI_AGAIN)$/.test(code) ? 'Name or service not known' : code;
  return { kind: 'unknown', why };
}
