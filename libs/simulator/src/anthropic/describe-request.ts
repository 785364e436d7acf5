import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Outcome } from './answer/write-answer.ts';
import type { Conversation, ToolResult } from './conversation/read-conversation.ts';
import type { RequestKind } from './script/choose-steps.ts';

/** One request as it reached the simulated model. Holds no key: only whether one came, and the start of its hash. */
export type ModelRequest = {
  /** When it came, milliseconds since the epoch. */
  at: number;
  kind: RequestKind;
  model: string;
  stream: boolean;
  /** The CLI's session id, if it sent one. */
  sessionId: string | undefined;
  /** The whole system prompt, the persona's text included. */
  system: string;
  /** Every text a person wrote in this conversation, oldest first, without the CLI's wrapping. */
  userTexts: string[];
  lastUserText: string;
  /** Results of the tools used since that text. */
  toolResults: ToolResult[];
  /** Media types of the images and documents that came with that text. */
  attachments: string[];
  /** How many requests for this very response came before: 0 for the first, more after errors, cuts and restarts. */
  retry: number;
  /** True if the CLI continued the turn by itself after a restart. */
  resumed: boolean;
  auth: { apiKey: boolean; bearer: boolean; sha256: string | undefined };
  userAgent: string;
  /** `open` until the response is over. */
  outcome: Outcome | 'open';
};

type Described = { model: string; stream: boolean; kind: RequestKind; conversation: Conversation };

/** @param now milliseconds since the epoch */
export function describeRequest(headers: IncomingHttpHeaders, described: Described, now: number): ModelRequest {
  const { conversation, kind, model, stream } = described;
  const { system, userTexts, lastUserText, toolResults, attachments, resumed } = conversation;
  const apiKey = one(headers['x-api-key']);
  const bearer = one(headers.authorization);
  const secret = apiKey ?? bearer;
  return {
    at: now,
    kind,
    model,
    stream,
    sessionId: one(headers['x-claude-code-session-id']),
    ...{ system, userTexts, lastUserText, toolResults, attachments, resumed },
    retry: 0,
    auth: {
      apiKey: apiKey !== undefined,
      bearer: bearer !== undefined,
      sha256: secret === undefined ? undefined : createHash('sha256').update(secret).digest('hex').slice(0, 12),
    },
    userAgent: headers['user-agent'] ?? '',
    outcome: 'open',
  };
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
