import { Hono } from 'hono';
import { anthropicRoutes } from './anthropic/routes.ts';
import type { AppParts } from './app-parts.ts';
import { controlRoutes } from './control/routes.ts';
import { guardBrowserRequests } from './guard-browser-requests.ts';
import type { Env } from './shared/http-bindings.ts';
import { pageRoutes } from './page/routes.ts';
import { telegramRoutes } from './telegram/server/routes.ts';

/** All routes of the simulator. */
export function createApp(parts: AppParts): Hono<Env> {
  const app = new Hono<Env>();
  app.use(guardBrowserRequests);
  app.route('/', pageRoutes());
  app.route('/control', controlRoutes(parts));
  app.route('/', telegramRoutes(parts.telegram, parts.botToken));
  app.route('/', anthropicRoutes(parts.anthropic));
  app.notFound((c) => c.json({ ok: false, error_code: 404, description: 'Not Found' }, 404));
  app.onError((error, c) => c.json({ ok: false, error_code: 500, description: `simulator: ${error.message}` }, 500));
  return app;
}
