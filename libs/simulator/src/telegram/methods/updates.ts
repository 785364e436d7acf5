import type { Method } from '../calls/method.ts';
import { badRequest } from '../protocol/errors.ts';

const MAX_TIMEOUT_SECONDS = 50;
const MAX_LIMIT = 100;

/** Waits up to 50 seconds for updates; a later call makes this one fail with 409, so that two bots notice each other. */
export const getUpdates: Method = (cloud, { params, signal }) => {
  const limit = params.integer('limit') ?? MAX_LIMIT;
  const timeout = Math.min(Math.max(params.integer('timeout') ?? 0, 0), MAX_TIMEOUT_SECONDS);
  const named = params.json('allowed_updates');
  if (named !== undefined && !Array.isArray(named)) throw badRequest("can't parse allowed_updates: Array expected");
  return cloud.updates.poll({
    offset: params.integer('offset') ?? 0,
    limit: limit < 1 || limit > MAX_LIMIT ? MAX_LIMIT : limit,
    timeoutMs: timeout * 1000,
    allowed: named?.map(String),
    signal,
  });
};

/** There is never one; asked to, it drops what is pending. */
export const deleteWebhook: Method = (cloud, { params }) => {
  if (params.flag('drop_pending_updates')) cloud.updates.drop();
  return true;
};

/** Refused but for an empty address, which means none. */
export const setWebhook: Method = (_cloud, { params }) => {
  if ((params.text('url') ?? '') === '') return true;
  throw badRequest('the simulator delivers updates through getUpdates only');
};

/** Says that there is none and how much is pending. */
export const getWebhookInfo: Method = (cloud) => ({
  url: '',
  has_custom_certificate: false,
  pending_update_count: cloud.updates.pending().length,
});
