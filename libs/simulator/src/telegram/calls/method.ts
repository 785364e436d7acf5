import type { Cloud } from '../cloud/cloud.ts';
import type { ApiCall } from '../protocol/api-call.ts';
import type { Params } from '../protocol/params.ts';

/** A call of a method. */
export type Call = { params: Params; log: ApiCall /** Aborted when the client is gone. */; signal: AbortSignal };

/** Carries out one method. Returns its result or throws a TelegramError. */
export type Method = (cloud: Cloud, call: Call) => unknown;
