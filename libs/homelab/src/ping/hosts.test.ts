import { describe, expect, it } from 'vitest';
import { parsePingHosts } from './hosts.ts';

describe('PING_HOSTS', () => {
  it('names addresses, host names and ports', () => {
    const text =
      'nas=10.5.0.20, npm=10.5.0.1:8443,v6=fd00::1,v6p=[fd00::1]:22,link=fe80::1%eth0,web=host-1.home.arpa:80,';
    expect(parsePingHosts(text)).toEqual({
      hosts: [
        { name: 'nas', address: '10.5.0.20' },
        { name: 'npm', address: '10.5.0.1', port: 8443 },
        { name: 'v6', address: 'fd00::1' },
        { name: 'v6p', address: 'fd00::1', port: 22 },
        { name: 'link', address: 'fe80::1%eth0' },
        { name: 'web', address: 'host-1.home.arpa', port: 80 },
      ],
      problems: [],
    });
  });

  it.each([
    'nas',
    '=10.0.0.1',
    'nas=',
    'n s=10.0.0.1',
    '-n=10.0.0.1',
    'nas=-f',
    'nas=--help',
    'nas=10.0.0.300',
    'nas=10.0.0.1:0',
    'nas=10.0.0.1:65536',
    'nas=10.0.0.1:1:2',
    'nas=$(id)',
    'nas=a;b',
    'nas=a b',
    'nas=http://a',
    'nas=[10.0.0.1]:1',
    'nas=a..b',
    'nas=[fd00::1',
    'nas=fe80::1%$(id)',
  ])('with the entry “%s” is refused, and the entry named', (entry) => {
    const { hosts, problems } = parsePingHosts(`ok=10.0.0.2,${entry}`);
    expect(hosts.map(({ name }) => name)).toEqual(['ok']);
    expect(problems).toEqual([`“${entry}” is not name=address or name=address:port`]);
  });

  it('with a name twice, with too many, or with none is refused', () => {
    expect(parsePingHosts('a=10.0.0.1,A=10.0.0.2').problems).toEqual(['a stands there twice']);
    const many = Array.from({ length: 21 }, (_, i) => `h${i}=10.0.0.${i}`);
    expect(parsePingHosts(many.join()).problems).toEqual(['21 hosts are more than 20']);
    expect(parsePingHosts(many.slice(1).join()).problems).toEqual([]);
    expect(parsePingHosts(' , ').problems).toEqual(['it names no host']);
  });
});
