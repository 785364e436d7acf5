import { request as send } from 'undici';
import type { Http, HttpAnswer, HttpRequest } from '../contract/http.ts';
import { createDispatchers } from './create-dispatchers.ts';
import { describeFailure } from './describe-failure.ts';
import { describeRefusal } from './describe-refusal.ts';
import { readJson } from './read-json.ts';
import { createRedactor } from './redactor.ts';
import { type Service, serviceAt } from './services-of.ts';
import { withDeadline } from './with-deadline.ts';

/** How long an answer may take if nothing else is said, in ms. */
const TIMEOUT_MS = 5_000;

interface HttpOptions {
  /** All that may be asked. An address elsewhere is an error: credentials go to nobody else. */
  readonly services: readonly Service[];
  /** Values that no error may hold. */
  readonly secrets: readonly string[];
  /** Aborted when the answers are no longer wanted. */
  readonly signal?: AbortSignal | undefined;
}

/** Every request has a connection of its own, and redirects are not followed. There is nothing to close. */
export function createHttp({ services, secrets, signal }: HttpOptions): Http {
  const redact = createRedactor(secrets);
  const dispatcherOf = createDispatchers();

  async function ask(service: Service, url: string, wanted: HttpRequest): Promise<HttpAnswer> {
    const { method = 'GET', headers = {}, body = null, timeoutMs = TIMEOUT_MS } = wanted;
    return await withDeadline(timeoutMs, signal, async (stop) => {
      const dispatcher = await dispatcherOf(service);
      const answer = await send(url, { dispatcher, method, headers, body, signal: stop });
      return { status: answer.statusCode, text: await answer.body.text() };
    });
  }

  async function request(url: string, wanted: HttpRequest = {}): Promise<HttpAnswer> {
    const service = serviceAt(services, url);
    const answer = await ask(service, url, wanted).catch((error: unknown) => {
      throw describeFailure(service, error, redact);
    });
    if (answer.status === 401 || answer.status === 403) throw describeRefusal(service, url, answer, wanted.right);
    return answer;
  }

  async function json(url: string, wanted: HttpRequest = {}): Promise<unknown> {
    return readJson(serviceAt(services, url), url, await request(url, wanted), redact);
  }

  return { request, json };
}
