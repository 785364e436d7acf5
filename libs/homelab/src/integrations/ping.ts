import { z } from 'zod';
import { defineIntegration, type Integration, type IntegrationContext } from '../contract/integration.ts';
import type { Report } from '../contract/report.ts';
import { summarize } from '../format/summarize.ts';
import { describePing } from '../ping/describe-ping.ts';
import { type PingHost, parsePingHosts } from '../ping/hosts.ts';
import { inParallel } from '../ping/in-parallel.ts';
import { probe } from '../ping/probe.ts';
import { NO_TIME } from '../ping/read-ping.ts';

interface PingConfig {
  readonly hosts: readonly PingHost[];
}

/** Where `ping` is on the systems that we know. */
const PROGRAMS = '/usr/bin:/bin:/usr/sbin:/sbin:/run/wrappers/bin';
const AT_ONCE = 4;
/** A host whose turn comes later than this is not asked any more, in ms: the answer is due at 19 s, and each may take 4.5 s. */
const LAST_START_MS = 14_000;

/** Whether hosts are there. They are named in PING_HOSTS; nothing else is ever asked. */
export function createPing(searchPath = PROGRAMS): Integration<PingConfig> {
  return defineIntegration({
    name: 'ping',
    usage: '/ping [name]',
    example: '/ping nas',
    description: 'Which hosts answer, and how fast',
    variables: {
      PING_HOSTS: {
        expected:
          'at most 20 of name=address or name=address:port, with commas between, such as nas=10.5.0.20,npm=10.5.0.1:443',
        meaning:
          'The hosts of `/ping`. One that is named with a port is asked there as well, and is red if that is not open. Where the program `ping` cannot be used, hosts are asked over TCP (443).',
      },
    },
    config: z.object({ PING_HOSTS: z.string() }).transform(({ PING_HOSTS }, problem) => {
      const { hosts, problems } = parsePingHosts(PING_HOSTS);
      for (const message of problems) problem.addIssue({ code: 'custom', path: ['PING_HOSTS'], message });
      return { hosts };
    }),
    timeoutMs: 19_000,
    run: (context, args) => run(context, args, searchPath),
    summary: (report) => summarize('Ping', report),
    // There is nothing to log in to, and a host that is off is not a fault of the configuration.
    check: async () => {},
  });
}

async function run(
  context: IntegrationContext<PingConfig>,
  args: readonly string[],
  searchPath: string,
): Promise<Report> {
  const { hosts } = context.config;
  const wanted = args.join(' ').toLowerCase();
  const chosen = hosts.filter(({ name }) => !wanted || name.toLowerCase() === wanted);
  if (chosen.length === 0) {
    const names = hosts.map(({ name }) => name).join(', ');
    return {
      level: 'unknown',
      title: 'Ping: no such name in PING_HOSTS',
      lines: [{ level: 'unknown', text: `There are: ${names}` }],
    };
  }
  const began = context.now();
  const probed = await inParallel(chosen, AT_ONCE, async (host) =>
    context.now() - began > LAST_START_MS
      ? { host, answer: NO_TIME }
      : { host, answer: await probe(host, searchPath, context.signal) },
  );
  return describePing(probed);
}
