import { createBoundedLog } from '../../common/bounded-log.ts';
import type { ApiCall } from '../protocol/api-call.ts';

/** The calls of a bot, so that a test can see what was asked and what came of it. */
type CallLog = {
  /** Notes a call that has just come; its outcome is set on the entry later. */
  open(method: string, params: Record<string, unknown>): ApiCall;
  /** Oldest first, the newest 20,000. */
  entries(): ApiCall[];
};

/** An empty log. */
export function createCallLog(): CallLog {
  const log = createBoundedLog<ApiCall>(20_000);
  let id = 0;
  return {
    open(method, params) {
      id += 1;
      const call: ApiCall = { id, method, params, at: Date.now(), outcome: 'open' };
      log.add(call);
      return call;
    },
    entries: log.entries,
  };
}
