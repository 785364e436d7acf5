import type { KeyKind } from './key-kind.ts';
import { retention } from './retention.ts';

/** Keys that the bot alone reads and writes. Those of a chat lie beside its reply queue. */
export const botKeys = {
  question: {
    pattern: '{<queue>}:question:<word>',
    type: 'hash',
    writer: 'the bot',
    lifetime: { seconds: retention.answerable },
    content:
      'A message with buttons, by the word that names it on them: `asked`, `pressed` (the press that counts), `tick:<value>`, `press:<press>`, `closed`, `shows`.',
  },
  expected: {
    pattern: '{<queue>}:expects:<thread>:<user>',
    type: 'string',
    writer: 'the bot',
    lifetime: { seconds: retention.answerable },
    content: 'JSON: the questions that the next text there answers, the newest first. User 0: anybody.',
  },
  kept: {
    pattern: '{<queue>}:kept:<thread>',
    type: 'hash',
    writer: 'the bot that polls',
    lifetime: { seconds: retention.answerable },
    content:
      'Message → JSON: what was written when the place talked to no session. Empty: it was given to one, or dropped.',
  },
  sent: {
    pattern: '{<queue>}:sent:<reply>',
    type: 'hash',
    writer: 'the holder of the reply queue',
    lifetime: { seconds: retention.idempotency },
    content: 'The journal of the outbox: part of the reply → `sending`, or the message that it was sent as.',
  },
  speaker: {
    pattern: '{<queue>}:speaker:<message>',
    type: 'string',
    writer: 'the holder of the reply queue',
    lifetime: { seconds: retention.answerable },
    content: 'The session that a message spoke for.',
  },
  earlierFiles: {
    pattern: '{<queue>}:earlier-files:<group>',
    type: 'hash',
    writer: 'the bot (files of people), the holder of the reply queue (files of Claude)',
    lifetime: { seconds: retention.repliable },
    content:
      'Files of an album or a message, for replies to it: file → how it is fetched, its message, where Claude had it.',
  },
  talk: {
    pattern: '{<queue>}:talk:<thread>',
    type: 'zset',
    writer: 'the bot that polls',
    lifetime: { seconds: retention.idempotency },
    content: 'JSON by its message: what was said in a group since the last message for Claude (`GROUP_CONTEXT`).',
  },
  taken: {
    pattern: '{<queue>}:taken:<what>',
    type: 'string',
    writer: 'the bot that polls',
    lifetime: { seconds: retention.sentAtOnce },
    content: 'When something in a group was taken for Claude: an album, or what a person says in a topic.',
  },
  closed: {
    pattern: '{<queue>}:closed',
    type: 'string',
    writer: 'the holder of the reply queue',
    lifetime: { expires: 'When the time that Telegram named is over.' },
    content: 'Telegram takes nothing for the chat.',
  },
  liveMessages: {
    pattern: '{poll-<bot>}:live',
    type: 'hash',
    writer: 'the bot that polls',
    lifetime: { until: 'Field by field, when the turn ends, or by the next bot.' },
    content: 'Place → the message that shows its running turn.',
  },
  queueNotices: {
    pattern: '{poll-<bot>}:notices',
    type: 'hash',
    writer: 'the bot that polls',
    lifetime: { until: 'Field by field, when the job begins or is gone, or by the next bot.' },
    content: 'JSON: job → the message that says at which place it waits.',
  },
  topicNames: {
    pattern: '{<queue>}:topics',
    type: 'hash',
    writer: 'the bot that polls',
    lifetime: { until: 'Never: one field for each topic of the chat.' },
    content: 'Topic → its name.',
  },
  topic: {
    pattern: '{topics}:<job>',
    type: 'string',
    writer: 'the bot that polls',
    lifetime: { seconds: retention.idempotency },
    content: 'The forum topic that was made for a job.',
  },
} as const satisfies Record<string, KeyKind>;
