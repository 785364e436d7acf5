import { Hono } from 'hono';
import type { AppParts } from '../app-parts.ts';
import type { Env } from '../shared/http-bindings.ts';
import { eventRoutes } from './event-routes.ts';
import { faultRoutes } from './fault-routes.ts';
import { lookRoutes } from './look-routes.ts';
import { personRoutes } from './person-routes.ts';

/** The control API under `/control`: the in-process API as JSON, for the chat page and for tests in other processes. */
export function controlRoutes(parts: AppParts): Hono<Env> {
  const app = new Hono<Env>();
  app.route('/', personRoutes(parts.telegram));
  app.route('/', lookRoutes(parts));
  app.route('/', faultRoutes(parts.telegram));
  app.route('/', eventRoutes(parts));
  app.onError((error, c) => c.json({ error: error.message }, 400));
  return app;
}
