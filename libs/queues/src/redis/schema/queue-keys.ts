import type { KeyKind } from './key-kind.ts';
import { retention } from './retention.ts';

/** The field of `joined` that names the job for which it is still open what belongs to its turn. */
export const JOINING = 'joining';

/** Keys of our own that belong to one queue, or to another resource that has a lease (polling Telegram, the watch of a pool). */
export const queueKeys = {
  lease: {
    pattern: '{<resource>}:lease',
    type: 'string',
    writer: 'its holder',
    lifetime: { seconds: retention.lease },
    content: 'The owner of the lease: one life of one process.',
  },
  fence: {
    pattern: '{<resource>}:fence',
    type: 'hash',
    writer: 'whoever is granted the lease',
    lifetime: { until: 'Never: the number may not fall.' },
    content: '`number`: how often the lease was granted. `owner`: to whom last.',
  },
  paused: {
    pattern: '{<queue>}:paused',
    type: 'string',
    writer: 'the holder, which then lets go',
    lifetime: {
      until: 'When the question about its job is answered, the job is stopped, or the time that was said is over.',
    },
    content: 'The job that the queue waits for. As long as it is there nobody is granted the lease.',
  },
  pausedJobs: {
    pattern: '{<queue>}:paused-jobs',
    type: 'hash',
    writer: 'the holder',
    lifetime: { until: 'Field by field, when the job is fetched again.' },
    content: 'Job → `1`: it was put back by a pause, so nothing was cut off.',
  },
  chosen: {
    pattern: '{<queue>}:chosen',
    type: 'hash',
    writer: 'the bot',
    lifetime: { until: 'Field by field, when the job is done.' },
    content: 'Job → what a person chose for it last, and the question that was answered by that.',
  },
  begun: {
    pattern: '{<queue>}:begun',
    type: 'hash',
    writer: 'the holder',
    lifetime: { until: 'Field by field, when the job is fetched again or done.' },
    content: 'Job → `1`: the work of a recovery has begun, so its owner’s end counts against it.',
  },
  takeOvers: {
    pattern: '{<queue>}:take-overs',
    type: 'hash',
    writer: 'the holder',
    lifetime: { until: 'Field by field, when the job is done.' },
    content: 'Job → how many owners it has lost.',
  },
  joined: {
    pattern: '{<queue>}:joined',
    type: 'hash',
    writer: 'the holder',
    lifetime: { until: 'When the next turn begins.' },
    content: `Job → the job that it was joined to, for one turn. \`${JOINING}\`: the job for which that is still open.`,
  },
  signals: {
    pattern: '{<queue>}:signals',
    type: 'hash',
    writer: 'the bot',
    lifetime: { seconds: retention.answerable },
    content: '`stop:<job>`: who stops it.',
  },
  questions: {
    pattern: '{<queue>}:questions',
    type: 'hash',
    writer: 'the bot (answers), the holder (requests of its turns)',
    lifetime: { seconds: retention.answerable },
    content:
      '`answer:<question>`: the answer that holds, and the job that it is about. `open:<request>`: where it is shown. `used:<name>`: how often a request of that name was closed.',
  },
  file: {
    pattern: '{<queue>}:file:<file>',
    type: 'hash',
    writer: 'who wants it (the worker), then who brings the bytes (the bot or the worker)',
    lifetime: { seconds: retention.idempotency },
    content: 'A file on its way: `request`, `state`, `reason`, `chunks` (how many), and each chunk by its number.',
  },
} as const satisfies Record<string, KeyKind>;
