import { z } from 'zod';
import { type BeszelConfig, createBeszelClient } from '../beszel/client.ts';
import { describeSystem, describeSystems } from '../beszel/describe-systems.ts';
import type { BeszelSystem } from '../beszel/systems.ts';
import { defineIntegration, type Integration, type IntegrationContext } from '../contract/integration.ts';
import type { Report } from '../contract/report.ts';
import { shortName } from '../format/short-name.ts';
import { summarize } from '../format/summarize.ts';
import { serviceUrl } from '../toolkit/service-url.ts';
import { fingerprint, tlsVariables } from '../toolkit/tls-variables.ts';

const Config = z
  .object({
    BESZEL_URL: serviceUrl,
    BESZEL_FINGERPRINT: fingerprint.optional(),
    BESZEL_EMAIL: z.string().min(1),
    BESZEL_PASSWORD: z.string().min(1),
    BESZEL_WARN_PERCENT: z.coerce.number().min(1).max(100).default(90),
  })
  .transform((set) => ({
    url: set.BESZEL_URL,
    email: set.BESZEL_EMAIL,
    password: set.BESZEL_PASSWORD,
    warnPercent: set.BESZEL_WARN_PERCENT,
  }));

/** Beszel: how the machines are. Its alerts belong to the users who made them, so the thresholds here are our own. */
export function createBeszel(): Integration<BeszelConfig> {
  const client = createBeszelClient();
  return defineIntegration<BeszelConfig>({
    name: 'beszel',
    usage: '/beszel [name]',
    example: '/beszel nas',
    description: 'Beszel: machines that are down or full; with a name, one of them in detail',
    variables: {
      BESZEL_URL: { expected: 'an address such as http://10.5.0.12:8090', meaning: 'Where Beszel’s hub is.' },
      BESZEL_EMAIL: {
        expected: 'the email of a user (role “readonly” is enough)',
        meaning: 'A user of Beszel who was added to the systems to be seen.',
        credential: true,
      },
      BESZEL_PASSWORD: { expected: 'the password of that user', meaning: 'Its password.', secret: true },
      BESZEL_WARN_PERCENT: {
        expected: 'a number from 1 to 100',
        meaning: 'From how much of CPU, memory or a disk on it is said (90).',
        optional: true,
      },
      BESZEL_FINGERPRINT: tlsVariables.fingerprint,
      BESZEL_CA_FILE: tlsVariables.caFile,
    },
    config: Config,
    timeoutMs: 16_000,
    run: async (context, args) => run(context, args.join(' ').trim(), await client.systems(context)),
    summary: (report) => summarize('Beszel', report),
    check: async (context) => void (await client.systems(context)),
  });
}

function run(context: IntegrationContext<BeszelConfig>, wanted: string, systems: readonly BeszelSystem[]): Report {
  const { warnPercent } = context.config;
  if (!wanted) return describeSystems(systems, warnPercent, context.now());
  const system = systems.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (system) return describeSystem(system, warnPercent, context.now());
  const names = systems.map(({ name }) => shortName(name)).join(', ');
  return {
    level: 'unknown',
    title: 'Beszel: no system of that name',
    lines: [{ level: 'unknown', text: `There are: ${names}` }],
  };
}
