/**
 * What a homelab's services say, each behind a command of the chat: `integrations/` has one file each, `registry.ts` lists them. They only
 * read. Reports are pure data; whoever shows them decides how.
 */

export { type Configured, configure, describeMissing, secretsOfIntegration } from './configure.ts';
export { createHttp, type HttpOptions } from './create-http.ts';
export { HomelabError, type HomelabErrorCode } from './homelab-error.ts';
export { httpForVariables } from './http/http-for-variables.ts';
export type { Service } from './http/services-of.ts';
export type { Http, HttpAnswer, HttpRequest } from './http.ts';
export {
  defineIntegration,
  type Integration,
  type IntegrationContext,
  type IntegrationVariable,
} from './integration.ts';
export type { Taken } from './load-plugins.ts';
export { type Integrations, namesOf, problemsOf, readIntegrations } from './read-integrations.ts';
export { createIntegrations } from './registry.ts';
export { type Level, type Report, type ReportLine, worst } from './report.ts';
export { checkIntegration, LONGEST_RUN_MS, type Outcome, type RunParts, runIntegration } from './run-integration.ts';
export { WATCH_VARIABLES, type WatchSettings, watchChat, watchProblems } from './watch-settings.ts';
