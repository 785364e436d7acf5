import { createHash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { type BoundedLog, createBoundedLog } from '../common/bounded-log.ts';
import { errorBody } from './answer/api-errors.ts';
import { planAnswer } from './answer/plan-answer.ts';
import { sendJson, writeAnswer } from './answer/write-answer.ts';
import { type Conversation, readConversation } from './conversation/read-conversation.ts';
import { type MessagesRequest, readMessagesRequest } from './conversation/read-request.ts';
import { describeRequest, type ModelRequest } from './describe-request.ts';
import { chooseSteps, classify } from './script/choose-steps.ts';
import { createModelErrors, type ModelErrorRule, type ModelErrors } from './script/error-rules.ts';
import type { Step } from './script/parse-directives.ts';
import { createErrorMemory, type ErrorMemory } from './script/spend-errors.ts';

const LOG_LIMIT = 5_000;

/** The simulated Anthropic Messages API, and what tests may ask about it. */
export type AnthropicSimulator = {
  /** Every request that reached the model, oldest first (the newest 5,000). A copy; its entries are live. */
  readonly requests: ModelRequest[];
  /** The requests that began the answer to a person's text. Retries and resumed turns are entries of their own: see `retry`, `resumed`. */
  turns(): ModelRequest[];
  /** Errors with texts of their own, for requests that are told apart by what is in them. */
  readonly errors: ModelErrors;
  /** Forgets the log and how often errors were served. */
  reset(): void;
  /** Calls back when a request comes and when its response is over. Returns what stops that. */
  onRequest(listener: (request: ModelRequest) => void): () => void;
  /** Answers POST /v1/messages on a raw response. Resolves when the response is over. */
  answer(headers: IncomingHttpHeaders, body: unknown, response: ServerResponse): Promise<void>;
  /** The body of POST /v1/messages/count_tokens: an estimate of four characters a token. */
  countTokens(body: unknown): { input_tokens: number };
};

/** A simulated model with an empty log. It listens nowhere by itself: see `anthropicRoutes`. */
export function createAnthropicSimulator(): AnthropicSimulator {
  const log = createBoundedLog<ModelRequest>(LOG_LIMIT);
  const memory = createErrorMemory();
  const errors = createModelErrors();
  const listeners = new Set<(request: ModelRequest) => void>();
  const tell = (request: ModelRequest) => {
    for (const listener of listeners) listener(request);
  };
  return {
    get requests() {
      return log.entries();
    },
    errors,
    turns: () => log.entries().filter((request) => request.kind === 'turn'),
    reset() {
      log.clear();
      memory.clear();
    },
    onRequest(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async answer(headers, body, response) {
      const read = readMessagesRequest(body);
      if ('problem' in read) return sendJson(response, 400, errorBody(400, { message: read.problem }));
      if (headers['x-api-key'] === undefined && headers.authorization === undefined) {
        return sendJson(response, 401, errorBody(401, { message: 'x-api-key header is required' }));
      }
      await answerRequest({ headers, request: read.request, response, log, memory, errors, tell });
    },
    countTokens: (body) => ({ input_tokens: estimateTokens(body) }),
  };
}

type Exchange = {
  headers: IncomingHttpHeaders;
  request: MessagesRequest;
  response: ServerResponse;
  log: BoundedLog<ModelRequest>;
  memory: ErrorMemory;
  errors: ModelErrors;
  tell: (request: ModelRequest) => void;
};

async function answerRequest({ headers, request, response, log, memory, errors, tell }: Exchange): Promise<void> {
  const conversation = readConversation(request);
  const kind = classify(conversation, (request.tools?.length ?? 0) > 0);
  const stream = request.stream === true;
  const entry = describeRequest(headers, { model: request.model, stream, kind, conversation }, Date.now());
  const key = messageKey(entry, conversation);
  entry.retry = memory.countRequest(key);
  shareSystem(log, entry);
  log.add(entry);
  tell(entry);
  const refusal = errors.take(entry);
  const steps = refusal ? [asStep(refusal)] : chooseSteps(conversation, kind);
  const actions = planAnswer(refusal ? steps : memory.spend(key, steps, entry.at), {
    model: request.model,
    inputTokens: estimateTokens(request),
    earlierTexts: conversation.userTexts.slice(0, -1),
    toolResults: conversation.toolResults.map((result) => result.text),
    newId: (prefix) => `${prefix}_sim_${randomUUID().replaceAll('-', '')}`,
  });
  entry.outcome = await writeAnswer(response, actions, stream);
  tell(entry);
}

function asStep({ status, message, type }: ModelErrorRule): Step {
  return { do: 'error', status, times: 1, message, type };
}

/** Names one response of one message of one conversation, the same for every retry. */
function messageKey(entry: ModelRequest, { notices, rounds }: Conversation): string {
  const hash = createHash('sha256').update(entry.userTexts.join('\u0000')).digest('hex');
  return `${entry.sessionId ?? ''}/${hash}/${notices}/${rounds}`;
}

/** A system prompt is long and hardly ever changes: equal ones share one string. */
function shareSystem(log: BoundedLog<ModelRequest>, entry: ModelRequest): void {
  const same = log.entries().findLast((earlier) => earlier.system === entry.system);
  if (same !== undefined) entry.system = same.system;
}

function estimateTokens(body: unknown): number {
  return Math.ceil((JSON.stringify(body) ?? '').length / 4);
}
