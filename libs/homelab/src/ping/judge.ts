import type { Knock } from './knock.ts';
import type { PingAnswer } from './read-ping.ts';

/** How a host is of which no port was named, where `ping` cannot be used: who refuses a connection is alive. Pure. */
export function judgeByKnock(port: number, knocked: Knock): PingAnswer {
  const via = `tcp/${port}`;
  if (knocked.kind === 'silent') return { kind: 'silent', via };
  return knocked.kind === 'unknown' ? knocked : { kind: 'alive', via, lostPercent: 0, ms: knocked.ms };
}

/** How a host is that was named with a port: that must be open, whatever `ping` says (`undefined`: it cannot be used). Pure. */
export function judgeWithPort(pinged: PingAnswer | undefined, port: number, knocked: Knock): PingAnswer {
  const isThere = pinged?.kind === 'alive';
  switch (knocked.kind) {
    case 'open':
      return isThere ? { ...pinged, via: `${pinged.via}, tcp/${port}` } : judgeByKnock(port, knocked);
    case 'refused':
      return { kind: 'closed', port, how: 'refused' };
    case 'silent':
      if (isThere) return { kind: 'closed', port, how: 'silent' };
      return pinged?.kind === 'silent'
        ? { kind: 'silent', via: `${pinged.via}, tcp/${port}` }
        : (pinged ?? judgeByKnock(port, knocked));
    case 'unknown':
      return isThere ? { kind: 'unknown', why: `port ${port}: ${knocked.why}` } : (pinged ?? knocked);
  }
}
