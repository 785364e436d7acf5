import { timingSafeEqual } from 'node:crypto';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { clientGone, type Env } from '../../common/http-bindings.ts';
import { MAX_DOWNLOAD } from '../cloud/file-store.ts';
import type { Looks } from '../looks/looks.ts';
import { TelegramError } from '../protocol/errors.ts';
import type { Faults } from './faults.ts';
import type { CallHandler } from './handle-call.ts';
import { readCall } from './read-call.ts';
import { DOWNLOAD, serveFile } from './serve-file.ts';

/** What answers the calls and downloads. */
type Served = { handle: CallHandler; findFile: Looks['findFile']; faults: Pick<Faults, 'match'> };

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`, as at api.telegram.org. */
export function telegramRoutes(telegram: Served, botToken: string): Hono<Env> {
  const app = new Hono<Env>();
  app.on(['GET', 'POST'], '/:bot{bot[^/]+}/:method', async (c) => {
    if (!isToken(c.req.param('bot'), botToken)) return refuse(c, new TelegramError(401, 'Unauthorized'));
    const gone = clientGone(c);
    try {
      const reply = await telegram.handle(c.req.param('method'), await readCall(c.req), gone);
      if (reply === 'cut') {
        c.env.incoming.socket.destroy();
        return RESPONSE_ALREADY_SENT;
      }
      if ('html' in reply)
        return new Response(reply.html, { status: reply.status, headers: { 'content-type': 'text/html' } });
      return Response.json(reply.body, { status: reply.status });
    } catch (error) {
      if (error instanceof TelegramError) return refuse(c, error);
      throw error;
    }
  });
  app.get('/file/:bot{bot[^/]+}/:path{.+}', (c) => {
    if (!isToken(c.req.param('bot'), botToken)) return refuse(c, new TelegramError(401, 'Unauthorized'));
    const file = telegram.findFile({ path: c.req.param('path') });
    if (file === undefined || file.data.byteLength > MAX_DOWNLOAD)
      return refuse(c, new TelegramError(404, 'Not Found'));
    return serveFile(file.data, telegram.faults.match(DOWNLOAD, undefined), c.env.outgoing);
  });
  return app;
}

function isToken(segment: string, botToken: string): boolean {
  const given = Buffer.from(segment);
  const expected = Buffer.from(`bot${botToken}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function refuse(c: Context<Env>, { code, description }: TelegramError): Response {
  return c.json({ ok: false, error_code: code, description }, code as 400);
}
