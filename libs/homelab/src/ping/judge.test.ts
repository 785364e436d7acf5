import { expect, it } from 'vitest';
import { judgeByKnock, judgeWithPort } from './judge.ts';
import type { Knock } from './knock.ts';
import type { PingAnswer } from './read-ping.ts';

const alive: PingAnswer = { kind: 'alive', via: 'icmp', lostPercent: 0, ms: 1 };
const silent: PingAnswer = { kind: 'silent', via: 'icmp' };
const unknown: PingAnswer = { kind: 'unknown', why: 'Invalid argument' };
const open: Knock = { kind: 'open', ms: 2 };
const refused: Knock = { kind: 'refused', ms: 2 };

it.each<[string, PingAnswer | undefined, Knock, PingAnswer]>([
  ['is there with its port', alive, open, { ...alive, via: 'icmp, tcp/22' }],
  ['answers at its port alone', silent, open, { kind: 'alive', via: 'tcp/22', lostPercent: 0, ms: 2 }],
  [
    'answers at its port where ping cannot be used',
    undefined,
    open,
    { kind: 'alive', via: 'tcp/22', lostPercent: 0, ms: 2 },
  ],
  ['refuses its port', alive, refused, { kind: 'closed', port: 22, how: 'refused' }],
  ['refuses its port, and no ping', silent, refused, { kind: 'closed', port: 22, how: 'refused' }],
  ['is silent at its port', alive, { kind: 'silent' }, { kind: 'closed', port: 22, how: 'silent' }],
  ['is silent altogether', silent, { kind: 'silent' }, { kind: 'silent', via: 'icmp, tcp/22' }],
  ['is silent where ping cannot be used', undefined, { kind: 'silent' }, { kind: 'silent', via: 'tcp/22' }],
  ['cannot be pinged and is silent', unknown, { kind: 'silent' }, unknown],
  [
    'cannot be asked at its port',
    alive,
    { kind: 'unknown', why: 'EACCES' },
    { kind: 'unknown', why: 'port 22: EACCES' },
  ],
  ['cannot be asked at all', undefined, { kind: 'unknown', why: 'EACCES' }, { kind: 'unknown', why: 'EACCES' }],
])('a host with a port that %s', (_what, pinged, knocked, answer) => {
  expect(judgeWithPort(pinged, 22, knocked)).toEqual(answer);
});

it.each<[Knock, PingAnswer]>([
  [open, { kind: 'alive', via: 'tcp/443', lostPercent: 0, ms: 2 }],
  [refused, { kind: 'alive', via: 'tcp/443', lostPercent: 0, ms: 2 }],
  [{ kind: 'silent' }, { kind: 'silent', via: 'tcp/443' }],
])('a host without a port, where ping cannot be used, by %j', (knocked, answer) => {
  expect(judgeByKnock(443, knocked)).toEqual(answer);
});
