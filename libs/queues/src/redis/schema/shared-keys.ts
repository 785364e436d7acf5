import type { ChannelKind, KeyKind } from './key-kind.ts';
import { retention } from './retention.ts';

/** Keys that span queues: who is there, who talks to whom, and what has come once. */
export const sharedKeys = {
  pending: {
    pattern: 'pending:<group>',
    type: 'set',
    writer: 'whoever adds a job, and the holders',
    lifetime: { until: 'When its queues are empty.' },
    content: 'The queues of the group that may have work, or need a holder.',
  },
  queues: {
    pattern: 'queues',
    type: 'zset',
    writer: 'whoever adds a job',
    lifetime: { until: 'Never: one entry for each queue.' },
    content: 'Every queue, by the time of its last job.',
  },
  sessions: {
    pattern: 'sessions',
    type: 'hash',
    writer: 'the bot (claim), the workers',
    lifetime: { until: 'Field by field, when the session is deleted.' },
    content: 'Session → its card.',
  },
  activity: {
    pattern: 'activity',
    type: 'hash',
    writer: 'the holder of the session',
    lifetime: { until: 'Field by field, when the session is deleted.' },
    content: 'Session → its activity, as its holder last said.',
  },
  places: {
    pattern: 'places',
    type: 'hash',
    writer: 'the bot, the workers',
    lifetime: { until: 'Field by field, when its session is archived or deleted.' },
    content: 'Place → its active session.',
  },
  movedChats: {
    pattern: 'moved-chats',
    type: 'hash',
    writer: 'the bot',
    lifetime: { until: 'Never: one field for each group that became a supergroup.' },
    content: 'Id of a group → its id since it is a supergroup. It is allowed like the group.',
  },
  renamed: {
    pattern: 'renamed',
    type: 'hash',
    writer: 'the workers',
    lifetime: { until: 'Field by field, when the old name is used again.' },
    content: 'Former name of a session → its name since.',
  },
  workers: {
    pattern: 'workers',
    type: 'hash',
    writer: 'the workers',
    lifetime: { until: 'Field by field, when the worker stops, or was not heard of for long.' },
    content: 'Worker → its card.',
  },
  personas: {
    pattern: 'personas',
    type: 'hash',
    writer: 'the workers',
    lifetime: { until: 'Never: one field for each pool.' },
    content: 'Pool → cards of its personas.',
  },
  integrations: {
    pattern: 'integrations',
    type: 'hash',
    writer: 'the workers',
    lifetime: { until: 'Never: one field for each pool.' },
    content: 'Pool → cards of its homelab’s integrations.',
  },
  decision: {
    pattern: 'update:<bot>:<update>',
    type: 'string',
    writer: 'the bot that polls',
    lifetime: { seconds: retention.idempotency },
    content: 'JSON: what was first decided for an update.',
  },
  message: {
    pattern: 'message:<chat>:<message>',
    type: 'string',
    writer: 'the bot that polls',
    lifetime: { seconds: retention.idempotency },
    content: 'JSON: the job that a Telegram message became.',
  },
  watchState: {
    pattern: 'note:house-watch:<pool>:<integration>',
    type: 'string',
    writer: 'the worker that watches',
    lifetime: { seconds: retention.watchState },
    content: 'JSON: the problems that are known of it.',
  },
  evidence: {
    pattern: 'note:incident:<incident>',
    type: 'string',
    writer: 'the worker that watches',
    lifetime: { seconds: retention.answerable },
    content: 'What Claude is told when a person asks it to look into the incident.',
  },
  telegram: {
    pattern: 'telegram',
    type: 'string',
    writer: 'the bot that polls',
    lifetime: { seconds: retention.sign },
    content: 'JSON: how it gets on with Telegram. No such key: no bot takes messages.',
  },
  bugs: {
    pattern: 'bugs',
    type: 'hash',
    writer: 'the bot, the workers',
    lifetime: { until: 'Never: one field for each kind of work.' },
    content: 'Kind of work → how many bugs it has met.',
  },
  dataId: {
    pattern: 'data-id',
    type: 'string',
    writer: 'the workers',
    lifetime: { until: 'Never. If it is another one, all else was lost: the workers then tell it again.' },
    content: 'A name for what Redis holds, made when there was none.',
  },
  probe: {
    pattern: 'probe',
    type: 'string',
    writer: 'every process',
    lifetime: { seconds: 1 },
    content: 'Nothing: written to see whether Redis takes writes.',
  },
} as const satisfies Record<string, KeyKind>;

/** What is published; nothing of it is kept. */
export const channelKinds = {
  ready: { pattern: 'ready:<group>', writer: 'whoever adds a job', content: 'The queue to which work was added.' },
  signal: { pattern: 'signal:<group>', writer: 'the bot', content: 'The queue to which a signal was sent.' },
  live: { pattern: 'live', writer: 'the workers', content: 'JSON: a frame of the live view.' },
} as const satisfies Record<string, ChannelKind>;
