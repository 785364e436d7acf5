import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { errorBody, limitHeaders } from './api-errors.ts';
import { assembleMessage } from './assemble-message.ts';
import type { Action, StreamEvent } from './plan-answer.ts';

/** How a response ended, for the log. */
export type Outcome = 'answered' | `failed ${number}` | 'hung' | 'stalled' | 'cut' | 'given up by the client';

/**
 * Carries out a planned answer on the wire, as server-sent events or as one JSON body.
 * Resolves when the response is over; a hang or a stall is over when the client or the simulator closes the connection.
 */
export async function writeAnswer(
  response: ServerResponse,
  actions: readonly Action[],
  stream: boolean,
): Promise<Outcome> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (response.destroyed) return 'given up by the client';
  const events: StreamEvent[] = [];
  for (const action of actions) {
    if (action.type === 'wait') await delay(action.ms, undefined, { signal: gone.signal }).catch(() => undefined);
    if (gone.signal.aborted) return 'given up by the client';
    if (action.type === 'event') {
      events.push(action.event);
      if (stream) writeEvent(response, action.event);
    } else if (action.type !== 'wait') return breakOff(response, action, gone.signal);
  }
  if (stream) response.end();
  else sendJson(response, 200, assembleMessage(events));
  return 'answered';
}

function writeEvent(response: ServerResponse, event: StreamEvent): void {
  if (!response.headersSent) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  }
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

type Ending = Exclude<Action, { type: 'wait' | 'event' }>;

async function breakOff(response: ServerResponse, action: Ending, gone: AbortSignal): Promise<Outcome> {
  switch (action.type) {
    case 'fail':
      fail(response, action);
      return `failed ${action.status}`;
    case 'cut':
      await flushed(response);
      response.socket?.destroy();
      return 'cut';
    default:
      await new Promise<void>((resolve) => gone.addEventListener('abort', () => resolve(), { once: true }));
      return action.type === 'hang' ? 'hung' : 'stalled';
  }
}

/** Once a stream has begun, the real API too can only report an error as an event of it. */
function fail(response: ServerResponse, { status, error, retryAfterSeconds }: Extract<Action, { type: 'fail' }>): void {
  if (response.headersSent) {
    writeEvent(response, { ...errorBody(status, error), type: 'error' });
    response.end();
    return;
  }
  const headers = retryAfterSeconds === undefined ? {} : limitHeaders(retryAfterSeconds, Date.now());
  sendJson(response, status, errorBody(status, error), headers);
}

/** Sends a JSON response. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function flushed(response: ServerResponse): Promise<void> {
  if (!response.headersSent) return Promise.resolve();
  return new Promise((resolve) => response.write(': cut\n\n', () => resolve()));
}
