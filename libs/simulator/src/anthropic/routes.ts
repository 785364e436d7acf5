import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { Env } from '../common/http-bindings.ts';
import { errorBody } from './answer/api-errors.ts';
import type { AnthropicSimulator } from './messages-api.ts';

/** The Messages API under `/v1`, and the check for a connection that the CLI makes at its start. */
export function anthropicRoutes(anthropic: AnthropicSimulator): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/api/hello', (c) => c.json({ message: 'hello' }));
  app.post('/v1/messages/count_tokens', async (c) => {
    const body = await readJson(c);
    return body === undefined
      ? c.json(errorBody(400, { message: 'The body is no JSON' }), 400)
      : c.json(anthropic.countTokens(body));
  });
  app.post('/v1/messages', async (c) => {
    const body = await readJson(c);
    if (body === undefined) return c.json(errorBody(400, { message: 'The body is no JSON' }), 400);
    await anthropic.answer(c.env.incoming.headers, body, c.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  app.all('/v1/*', (c) => c.json(errorBody(404, { message: `${c.req.method} ${c.req.path} is not simulated` }), 404));
  return app;
}

async function readJson(c: Context<Env>): Promise<unknown> {
  return c.req.json().catch(() => undefined);
}
