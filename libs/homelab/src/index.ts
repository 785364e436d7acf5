/**
 * What a homelab's services say, each behind a command of the chat: `integrations/` has one file each, its `registry.ts` lists them. They
 * only read. Reports are pure data; whoever shows them decides how. `contract/` is what every integration is written against.
 */

export {
  type Configured,
  configure,
  describeMissing,
  secretsOfIntegration,
} from './configuration/configure.ts';
export type { Taken } from './configuration/load-plugins.ts';
export { type Integrations, namesOf, problemsOf, readIntegrations } from './configuration/read-integrations.ts';
export { WATCH_VARIABLES, type WatchSettings, watchChat, watchProblems } from './configuration/watch-settings.ts';
export { HomelabError } from './contract/homelab-error.ts';
export { defineIntegration, type Integration } from './contract/integration.ts';
export { type Report, type ReportLine, worst } from './contract/report.ts';
export { createIntegrations } from './integrations/registry.ts';
export { checkIntegration, type Outcome, type RunOptions, runIntegration } from './running/run-integration.ts';
