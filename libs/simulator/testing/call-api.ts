import type { Simulator } from '../src/start-simulator.ts';

/** An answer of the Bot API as it came over HTTP. */
export type ApiAnswer = {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: { retry_after?: number };
};

/** Calls a method as a bot does, with a JSON body. Rejects if the connection is cut. */
export async function callApi(
  simulator: Simulator,
  method: string,
  params: Record<string, unknown> = {},
  signal?: AbortSignal,
): Promise<ApiAnswer> {
  const response = await fetch(`${simulator.url}/bot${simulator.botToken}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
    ...(signal === undefined ? {} : { signal }),
  });
  return (await response.json()) as ApiAnswer;
}

/** Calls a method that must succeed. Returns its result. */
export async function callOk<T = Record<string, unknown>>(
  simulator: Simulator,
  method: string,
  params: Record<string, unknown> = {},
): Promise<T> {
  const answer = await callApi(simulator, method, params);
  if (!answer.ok) throw new Error(`${method}: ${answer.error_code} ${answer.description}`);
  return answer.result as T;
}
