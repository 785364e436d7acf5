import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { FaultEffect } from './faults.ts';

/** The name under which faults know the download of a file, which is no method of the Bot API. */
export const DOWNLOAD = 'download';

/** The answer to a download. One that is cut, or hangs, ends in the middle of the file. */
export async function serveFile(
  data: Uint8Array,
  effect: FaultEffect | undefined,
  outgoing: ServerResponse,
): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(data.byteLength) };
  if (effect === 'badGateway') return new Response('Bad Gateway', { status: 502 });
  if (typeof effect === 'object' && 'error' in effect) return new Response('', { status: effect.error.code });
  if (typeof effect === 'string') {
    outgoing.writeHead(200, headers);
    outgoing.write(data.subarray(0, data.byteLength / 2), () => effect !== 'hang' && outgoing.destroy());
    return RESPONSE_ALREADY_SENT;
  }
  if (effect) await delay(effect.delayMs);
  return new Response(Buffer.from(data), { headers });
}
