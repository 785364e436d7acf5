import { z } from 'zod';
import { HomelabError } from '../contract/homelab-error.ts';
import type { Http } from '../contract/http.ts';
import type { ReportLine } from '../contract/report.ts';
import { shortName } from '../format/short-name.ts';
import { readAnswer } from '../toolkit/read-answer.ts';
import { type Monitor, monitorState } from './monitors.ts';

const Incident = z.object({ title: z.string(), style: z.string().catch('info'), active: z.boolean().catch(true) });

const Page = z.object({
  // 2.x has a list; before that, one or null.
  incidents: z.array(Incident).catch([]),
  incident: Incident.nullable().catch(null),
  publicGroupList: z.array(
    z.object({ monitorList: z.array(z.object({ id: z.union([z.number(), z.string()]), name: z.string() })) }),
  ),
});

const Heartbeats = z.object({
  heartbeatList: z.record(z.string(), z.array(z.object({ status: z.number(), ping: z.number().nullish() }))),
  uptimeList: z.record(z.string(), z.number()).catch({}),
});

/** What a status page shows. `notes` are its incidents. Without `monitors`, their states could not be had, for `failure`. */
export type StatusPage = { readonly notes: readonly ReportLine[] } & (
  | { readonly monitors: readonly Monitor[]; readonly failure?: never }
  | { readonly monitors?: never; readonly failure: HomelabError }
);

/** Asks for a status page and its heartbeats at once. Without the page nothing has a name, so its failure is thrown. */
export async function askStatusPage(http: Http, url: string, slug: string): Promise<StatusPage> {
  const heartbeats = http.json(`${url}/api/status-page/heartbeat/${slug}`).catch((error: unknown) => {
    if (error instanceof HomelabError) return error;
    throw error;
  });
  const [{ names, notes }, said] = await Promise.all([askPage(http, url, slug), heartbeats]);
  return said instanceof HomelabError ? { notes, failure: said } : { notes, monitors: readHeartbeats(said, names) };
}

async function askPage(http: Http, url: string, slug: string) {
  const { status, text } = await http.request(`${url}/api/status-page/${slug}`);
  if (status === 404) throw new HomelabError('answer', `Kuma has no status page “${slug}”: correct KUMA_STATUS_PAGE.`);
  if (status !== 200) throw new HomelabError('answer', `KUMA_URL answers the status page with the status ${status}.`);
  return readStatusPage(text);
}

/** The names on a status page, and the incidents that its keeper wrote there. A monitor of several groups counts once. */
function readStatusPage(text: string): { names: ReadonlyMap<string, string>; notes: ReportLine[] } {
  const page = readAnswer(Page, parseJson(text), 'KUMA_URL');
  const incidents = [...page.incidents, ...(page.incident ? [page.incident] : [])].filter(({ active }) => active);
  const monitors = page.publicGroupList.flatMap(({ monitorList }) => monitorList);
  return {
    names: new Map(monitors.map(({ id, name }) => [String(id), name])),
    notes: incidents.map(({ title, style }) => ({
      ...(/^(warning|danger)$/.test(style) && { level: 'warn' as const }),
      text: `Incident: ${shortName(title, 30)}`,
    })),
  };
}

/** The monitors as their last heartbeats show them. */
function readHeartbeats(said: unknown, names: ReadonlyMap<string, string>): Monitor[] {
  const { heartbeatList, uptimeList } = readAnswer(Heartbeats, said, 'KUMA_URL');
  return [...names].map(([id, name]) => {
    const last = heartbeatList[id]?.at(-1);
    if (!last) return { name, state: 'paused' };
    const uptime = uptimeList[`${id}_24`];
    return {
      name,
      state: monitorState(last.status),
      ...(typeof last.ping === 'number' && { responseMs: last.ping }),
      ...(uptime !== undefined && { uptime }),
    };
  });
}

/** `undefined` if it is none: the shape says so then. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
