import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPing } from './read-ping.ts';

const outputs = JSON.parse(readFileSync(new URL('../../fixtures/ping-outputs.json', import.meta.url), 'utf8'));

function read(name: string) {
  const { rc, stdout, stderr } = outputs[name];
  return readPing({ code: rc, stdout, stderr });
}

describe('what ping says', () => {
  it.each([
    ['ok', { kind: 'alive', via: 'icmp', lostPercent: 0, ms: 0.187 }],
    ['allLost', { kind: 'silent', via: 'icmp' }],
    ['unreachable', { kind: 'silent', via: 'icmp' }],
    ['unknownHost', { kind: 'unknown', why: 'Name or service not known' }],
    ['connectInvalid', { kind: 'unknown', why: 'Invalid argument' }],
    ['noCapability', undefined],
  ])('%s is understood', (name, answer) => expect(read(name)).toEqual(answer));

  it('when some are lost, is how many', () => {
    const stdout = outputs.ok.stdout.replace('3 received, 0%', '2 received, 33%');
    // It ends with 1 when the time ran out before all had come back.
    for (const code of [0, 1]) {
      expect(readPing({ code, stdout, stderr: '' })).toMatchObject({ kind: 'alive', lostPercent: 33 });
    }
  });

  it('when another kind of ping does not know our options, is that it cannot be used', () => {
    const stderr = 'ping: unrecognized option: i\nBusyBox v1.36.1 multi-call binary.\n\nUsage: ping [OPTIONS] HOST\n';
    expect(readPing({ code: 1, stdout: '', stderr })).toBeUndefined();
    expect(readPing({ code: 'ENOENT', stdout: '', stderr: '' })).toBeUndefined();
  });

  it('when there is no network, is that the host is silent', () => {
    const stderr = 'ping: connect: Network is unreachable\n';
    expect(readPing({ code: 2, stdout: '', stderr })).toEqual({ kind: 'silent', via: 'icmp' });
  });
});
