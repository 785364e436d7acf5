import { z } from 'zod';
import { defineIntegration, type IntegrationContext } from '../contract/integration.ts';
import { type Report, reportOf } from '../contract/report.ts';
import { summarize } from '../format/summarize.ts';
import { describeMonitors } from '../kuma/describe-monitors.ts';
import { askMetrics } from '../kuma/metrics.ts';
import { askStatusPage, type StatusPage } from '../kuma/status-page.ts';
import { serviceUrl } from '../toolkit/service-url.ts';
import { fingerprint, tlsVariables } from '../toolkit/tls-variables.ts';

const Config = z
  .object({
    KUMA_URL: serviceUrl,
    KUMA_FINGERPRINT: fingerprint.optional(),
    KUMA_API_KEY: z.string().min(1).optional(),
    KUMA_STATUS_PAGE: z
      .string()
      .regex(/^[a-z0-9-]+$/i, 'expected the last part of the page’s address, such as home')
      .optional(),
  })
  .transform(({ KUMA_URL: url, KUMA_API_KEY: apiKey, KUMA_STATUS_PAGE: statusPage }, problem) => {
    if (apiKey) return { url, apiKey };
    if (statusPage) return { url, statusPage };
    problem.addIssue({ code: 'custom', path: ['KUMA_API_KEY'], message: 'set it, or KUMA_STATUS_PAGE' });
    return z.NEVER;
  });

type KumaConfig = z.infer<typeof Config>;

/** Uptime Kuma: which monitors are down. By the API key it sees all that are not paused, by a status page what stands there. */
export const kuma = defineIntegration<KumaConfig>({
  name: 'kuma',
  usage: '/kuma [part of a name]',
  example: '/kuma nas',
  description: 'Uptime Kuma: what is down, response times, certificates',
  variables: {
    KUMA_URL: { expected: 'an address such as http://10.5.0.11:3001', meaning: 'Where Uptime Kuma is.' },
    KUMA_API_KEY: {
      expected: 'an API key (Settings, API Keys)',
      meaning: 'Shows all monitors. It, or KUMA_STATUS_PAGE.',
      secret: true,
      optional: true,
    },
    KUMA_STATUS_PAGE: {
      expected: 'the last part of a status page’s address, such as home',
      meaning: 'Shows the monitors of that page, without a key.',
      optional: true,
    },
    KUMA_FINGERPRINT: tlsVariables.fingerprint,
    KUMA_CA_FILE: tlsVariables.caFile,
  },
  config: Config,
  timeoutMs: 10_000,
  run: (context, args) => run(context, args.join(' ').trim()),
  summary: (report) => summarize('Kuma', report),
  check: async (context) => {
    const { failure } = await ask(context);
    if (failure) throw failure;
  },
});

async function run(context: IntegrationContext<KumaConfig>, filter: string): Promise<Report> {
  const { monitors, notes, failure } = await ask(context);
  if (monitors) return describeMonitors(monitors, filter, notes);
  if (notes.length === 0) throw failure;
  return reportOf('Kuma: states not known', [...notes, { level: 'unknown', text: failure.message }]);
}

async function ask({ config, http }: IntegrationContext<KumaConfig>): Promise<StatusPage> {
  if ('apiKey' in config) return { notes: [], monitors: await askMetrics(http, config.url, config.apiKey) };
  return await askStatusPage(http, config.url, config.statusPage);
}
