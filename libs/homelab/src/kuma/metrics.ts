import { HomelabError } from '../contract/homelab-error.ts';
import type { Http } from '../contract/http.ts';
import { type Monitor, monitorState } from './monitors.ts';
import { parsePrometheus, type Sample } from './prometheus.ts';

/** Asks for the metrics by an API key, whose user is empty. */
export async function askMetrics(http: Http, url: string, apiKey: string): Promise<Monitor[]> {
  const authorization = `Basic ${Buffer.from(`:${apiKey}`).toString('base64')}`;
  const { status, text } = await http.request(`${url}/metrics`, { headers: { authorization } });
  if (status === 200) return readKumaMetrics(text);
  throw new HomelabError('answer', `KUMA_URL answers /metrics with the status ${status}. Is the address right?`);
}

/** What Kuma 1.23 to 2.5 says under `/metrics`. Paused monitors are not there. Addresses are left out: they may hold secrets. */
export function readKumaMetrics(text: string): Monitor[] {
  if (!text.includes('monitor_status')) {
    throw new HomelabError('answer', 'KUMA_URL does not answer with the metrics of Uptime Kuma: is the address right?');
  }
  const samples = parsePrometheus(text);
  const values = new Map(samples.map((sample) => [keyOf(sample), sample.value]));
  return samples
    .filter(({ name }) => name === 'monitor_status')
    .map((status) => {
      const value = (name: string, window?: string) => values.get(keyOf({ ...status, name }, window));
      // There is no answer behind -1, and no certificate behind NaN.
      const responseMs = atLeast(0, value('monitor_response_time'));
      const uptime = atLeast(0, value('monitor_uptime_ratio', '1d'));
      const certificateDays = atLeast(-Infinity, value('monitor_cert_days_remaining'));
      return {
        name: status.labels.monitor_name ?? 'a monitor without a name',
        state: monitorState(status.value),
        ...(responseMs !== undefined && { responseMs }),
        ...(uptime !== undefined && { uptime }),
        ...(certificateDays !== undefined && { certificateDays }),
      };
    });
}

/** A metric of a monitor: by Kuma's id; 1.23 has none, all its labels together tell monitors apart. */
function keyOf({ name, labels }: Pick<Sample, 'name' | 'labels'>, window = labels.window): string {
  const { window: _, monitor_id: id, ...others } = labels;
  return JSON.stringify([name, window, id ?? Object.entries(others).sort()]);
}

function atLeast(least: number, value: number | undefined): number | undefined {
  return value !== undefined && value >= least ? value : undefined;
}
