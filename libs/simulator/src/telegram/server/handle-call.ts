import { setTimeout as delay } from 'node:timers/promises';
import type { Cloud } from '../cloud/cloud.ts';
import { findMethod } from '../methods/table.ts';
import type { ApiCall } from '../protocol/api-call.ts';
import { TelegramError } from '../protocol/errors.ts';
import type { Params } from '../protocol/params.ts';
import type { FaultEffect, Faults } from './faults.ts';
import type { FloodControl } from './flood-control.ts';

/** What goes back over the wire. `cut`: the connection is destroyed instead. */
type Reply = { status: number; body: unknown } | { html: string; status: number } | 'cut';

/** Carries out a call. `signal` is aborted when the client is gone. */
export type CallHandler = (method: string, params: Params, signal: AbortSignal) => Promise<Reply>;

/** What a call passes through on its way. */
type CallPath = {
  cloud: Cloud;
  faults: Faults;
  flood: FloodControl;
  /** Opens an entry of the call log. */
  open: (method: string, params: Record<string, unknown>) => ApiCall;
  /** The entry has its outcome. */
  closed: (call: ApiCall) => void;
};

/** Makes what carries out calls: faults first, then flood control, then the method. */
export function createCallHandler({ cloud, faults, flood, open, closed }: CallPath): CallHandler {
  const execute = async (method: string, params: Params, log: ApiCall, signal: AbortSignal): Promise<Reply> => {
    try {
      const found = findMethod(method);
      if (found === undefined) throw new TelegramError(404, 'Not Found: method not found');
      flood.check(found.name, chatOf(params));
      const result = await found.method(cloud, { params, log, signal });
      log.outcome = { ok: true, result };
      return { status: 200, body: { ok: true, result } };
    } catch (error) {
      return refuse(log, asTelegramError(error));
    }
  };
  const withFault = async (effect: FaultEffect, run: () => Promise<Reply>, log: ApiCall, signal: AbortSignal) => {
    if (effect === 'cutBefore' || effect === 'hang') {
      log.outcome = effect === 'hang' ? 'hung' : 'cut before';
      if (effect === 'hang') await released(faults, signal);
      return 'cut';
    }
    if (effect === 'cutAfter') {
      await run();
      log.outcome = 'cut after';
      return 'cut';
    }
    if (effect === 'badGateway') {
      log.outcome = { ok: false, code: 502, description: 'Bad Gateway' };
      return { status: 502, html: '<html><head><title>502 Bad Gateway</title></head></html>' };
    }
    if ('delayMs' in effect) {
      await delay(effect.delayMs, undefined, { signal }).catch(() => undefined);
      return run();
    }
    const { code, description, parameters } = effect.error;
    return refuse(log, new TelegramError(code, description, parameters));
  };
  return async (method, params, signal) => {
    const name = findMethod(method)?.name ?? method;
    const log = open(name, params.logged());
    const effect = faults.match(name, chatOf(params));
    const run = () => execute(name, params, log, signal);
    const reply = effect === undefined ? await run() : await withFault(effect, run, log, signal);
    closed(log);
    return reply as Reply;
  };
}

function refuse(log: ApiCall, error: TelegramError): Reply {
  const { code, description, parameters } = error;
  log.outcome = { ok: false, code, description };
  const body = { ok: false, error_code: code, description, ...(parameters === undefined ? {} : { parameters }) };
  return { status: code, body };
}

/** A bug of the simulator must not look like an answer of Telegram that a bot may retry in silence. */
function asTelegramError(error: unknown): TelegramError {
  if (error instanceof TelegramError) return error;
  return new TelegramError(
    500,
    `Internal Server Error: simulator: ${error instanceof Error ? error.message : String(error)}`,
  );
}

function chatOf(params: Params): number | undefined {
  const id = Number(params.text('chat_id') ?? Number.NaN);
  return Number.isNaN(id) ? undefined : id;
}

/** Resolves when the client gives up or the faults are cleared. */
function released(faults: Faults, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const unregister = faults.onClear(() => finish());
    const finish = () => {
      unregister();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    if (signal.aborted) finish();
    signal.addEventListener('abort', finish, { once: true });
  });
}
