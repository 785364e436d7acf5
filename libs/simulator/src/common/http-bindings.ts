import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Node's own request and response are at hand, because faults act below what HTTP frameworks offer. */
export type Env = { Bindings: HttpBindings };

/** Aborted when the client is gone or the response is over. */
export function clientGone(c: Context<Env>): AbortSignal {
  const gone = new AbortController();
  c.env.outgoing.once('close', () => gone.abort());
  return gone.signal;
}
