import type { KeyKind } from './key-kind.ts';
import { retention } from './retention.ts';

/** As long as BullMQ's lock of a job lives, in seconds; see `bull-queues.ts`. */
export const BULL_LOCK_SECONDS = 7 * 86_400;

const KEPT = `As the jobs: ${retention.idempotency / 3_600} h after they are done, ${retention.answerable / 86_400} days after they failed.`;
const TRIMMED = 'Never; it stays small.';

/** BullMQ's keys of a queue. It alone writes them; ours only read, and change what waits in scripts that know its states. */
export const bullKeys = {
  wait: list('wait', 'The jobs that wait: new ones on the left, the next one on the right.'),
  active: list('active', 'The job that runs.'),
  completed: { ...bull('completed'), type: 'zset', lifetime: { until: KEPT }, content: 'Done jobs by time.' },
  failed: { ...bull('failed'), type: 'zset', lifetime: { until: KEPT }, content: 'Failed jobs by time.' },
  delayed: { ...bull('delayed'), type: 'zset', lifetime: { until: 'When it is empty.' }, content: 'Never used.' },
  meta: { ...bull('meta'), type: 'hash', lifetime: { until: TRIMMED }, content: 'BullMQ’s settings of the queue.' },
  id: { ...bull('id'), type: 'string', lifetime: { until: TRIMMED }, content: 'BullMQ’s counter of jobs.' },
  events: { ...bull('events'), type: 'stream', lifetime: { until: TRIMMED }, content: 'The last 50 or so events.' },
  marker: { ...bull('marker'), type: 'zset', lifetime: { until: TRIMMED }, content: 'Wakes BullMQ’s own workers.' },
  stalled: { ...bull('stalled'), type: 'set', lifetime: { until: 'When the job is done.' }, content: 'Jobs that run.' },
  lock: {
    ...bull('<job>:lock'),
    type: 'string',
    lifetime: { seconds: BULL_LOCK_SECONDS },
    content: 'The grant of the lease with which the job was fetched.',
  },
  job: {
    ...bull('<job>'),
    type: 'hash',
    lifetime: { until: KEPT },
    content: 'A job: its data, and what became of it.',
  },
} as const satisfies Record<string, KeyKind>;

function bull<const Part extends string>(part: Part) {
  return { pattern: `{<queue>}:<queue>:${part}`, writer: 'BullMQ' } as const;
}

function list<const Part extends string>(part: Part, content: string) {
  return { ...bull(part), type: 'list', lifetime: { until: 'When it is empty.' }, content } as const;
}
