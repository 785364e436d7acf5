import { Hono } from 'hono';
import type { AnthropicSimulator } from '../anthropic/messages-api.ts';
import type { Env } from '../common/http-bindings.ts';
import { bodies } from './bodies.ts';
import { post } from './post.ts';

/** What reached the model, and what it refuses. */
export type Model = Pick<AnthropicSimulator, 'requests' | 'reset' | 'errors'>;

/** The simulated model's side of the control API. */
export function modelRoutes(anthropic: Model): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/anthropic/requests', (c) => c.json(anthropic.requests));
  app.delete('/anthropic/requests', (c) => {
    anthropic.reset();
    return c.json({ ok: true });
  });
  app.get('/anthropic/errors', (c) => c.json(anthropic.errors.list()));
  app.delete('/anthropic/errors', (c) => {
    anthropic.errors.clear();
    return c.json({ ok: true });
  });
  post(app, '/anthropic/errors', bodies.modelError, anthropic.errors.add);
  return app;
}
