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
  closed: {
    pattern: '{<queue>}:closed',
    type: 'string',
    writer: 'the holder of the reply queue',
    lifetime: { until: 'When the time that Telegram named is over: it expires.' },
    content: 'Telegram takes nothing for the chat.',
  },
  liveMessages: {
    pattern: '{poll-<bot>}:live',
    type: 'hash',
    writer: 'the bot that polls',
    lifetime: { until: 'Field by field, when the turn ends, or by the next bot.' },
    content: 'Place → the message that shows its running turn.',
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
