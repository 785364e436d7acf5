/**
 * What crosses between the processes, and the words that all of them use. The folders stand in an order, and imports run downwards:
 * jobs and replies → cards, files → base (names, ids, places, queues, settings, versions); text stands by itself.
 */

export * from './base/find-place.ts';
export * from './base/ids.ts';
export * from './base/names.ts';
export * from './base/place.ts';
export * from './base/queues.ts';
export * from './base/settings.ts';
export { CONTRACT_VERSION, type Read, SINCE } from './base/version.ts';
export * from './cards/integration-card.ts';
export * from './cards/session-card.ts';
export * from './cards/telegram-card.ts';
export * from './cards/worker-card.ts';
export * from './files/file.ts';
export * from './jobs/belongs-together.ts';
export * from './jobs/control-job.ts';
export * from './jobs/job.ts';
export * from './jobs/job-of-choice.ts';
export * from './jobs/signal.ts';
export * from './replies/act.ts';
export * from './replies/live.ts';
export * from './replies/reply.ts';
export * from './replies/report.ts';
export * from './text/cut.ts';
export * from './text/duration.ts';
export * from './text/fenced.ts';
export * from './text/plain-output.ts';
export * from './text/size.ts';
