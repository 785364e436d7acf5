export type { BugCounts } from './beside/bug-counts.ts';
export { CHUNK_BYTES, createFileTransfers, type FileTransfers, type TransferState } from './beside/file-transfer.ts';
export type { HouseRecords } from './beside/house-records.ts';
export { listenLive, publishLive } from './beside/live-channel.ts';
export { type AnsweredQuestion, createQuestions, type OpenRequest, type Questions } from './beside/questions.ts';
export { createSignals, type Signals } from './beside/signals.ts';
export { createWaiting, type Waiting, type WaitingJob } from './beside/waiting.ts';
export {
  type BesideQueues,
  type Directories,
  openQueues,
  type Queues,
  type RedisAccess,
  type SerialQueues,
} from './open-queues.ts';
export { connectRedis, type RedisConnections } from './redis/connections.ts';
export { execAll } from './redis/exec-all.ts';
export { parseStored } from './redis/parse-stored.ts';
export { mayPass } from './redis/passing-errors.ts';
export { type FoundKey, keyProblem } from './redis/schema/check-key.ts';
export type { KeyKind } from './redis/schema/key-kind.ts';
export { retention } from './redis/schema/retention.ts';
export { keys, schema } from './redis/schema/schema.ts';
export { channelKinds } from './redis/schema/shared-keys.ts';
export { changeExpected, tickOption } from './redis/scripts/asking.ts';
export { runScript, type Script } from './redis/scripts/script.ts';
export { scripts } from './redis/scripts/scripts.ts';
export { type Surely, untilDone } from './redis/until-done.ts';
export type { ConnectionListener } from './redis/watch-connection.ts';
export { heirOf } from './routing/heir-of.ts';
export type { MovedChats } from './routing/moved-chats.ts';
export { createOverview, type Load, type Overview } from './routing/overview.ts';
export type { Places } from './routing/places.ts';
export type { Recollected, Recollection } from './routing/recollection.ts';
export { createRouting, type Routing } from './routing/routing.ts';
export type { SessionActivities } from './routing/session-activities.ts';
export type { SessionDirectory } from './routing/session-directory.ts';
export type { Updates } from './routing/updates.ts';
export { createWorkforce, WORKER_GONE_AFTER_MS, type Workforce } from './routing/workforce.ts';
export { type AddJob, createAddJob, type NewEntry } from './serial/add-job.ts';
export { type BullQueues, createBullQueues } from './serial/bull-queues.ts';
export { type Consumer, type ConsumerOptions, startConsumer } from './serial/consumer.ts';
export type { EndReason, HeldQueue, JobHandler } from './serial/job-handler.ts';
export { createLeaseKeeper, DEFAULT_LEASE_TTL_MS, type Lease, type LeaseKeeper, LeaseLost } from './serial/lease.ts';
export { PauseQueue } from './serial/pause-queue.ts';
export type { Chosen } from './serial/read-chosen.ts';
export { requireReadable } from './serial/require-readable.ts';
export { JobFailed, MOST_TRIES, ParkJob, type TakenJob, Unreadable } from './serial/taken-job.ts';
