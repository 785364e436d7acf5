import { Hono } from 'hono';
import type { Env } from '../common/http-bindings.ts';
import type { People } from '../telegram/people/people.ts';
import { eventRoutes, type PageFeed } from './event-routes.ts';
import { type Breakable, faultRoutes } from './fault-routes.ts';
import { lookRoutes, type Watched } from './look-routes.ts';
import { type Model, modelRoutes } from './model-routes.ts';
import { personRoutes } from './person-routes.ts';

/** What the control API commands and shows. */
type Controlled = Watched & { telegram: People & Breakable & PageFeed; anthropic: Model };

/** The control API under `/control`: the in-process API as JSON, for the chat page and for tests in other processes. */
export function controlRoutes(controlled: Controlled): Hono<Env> {
  const { telegram, anthropic, modelIsSimulated } = controlled;
  const app = new Hono<Env>();
  app.route('/', personRoutes(telegram));
  app.route('/', lookRoutes(controlled));
  app.route('/', modelRoutes(anthropic));
  app.route('/', faultRoutes(telegram));
  app.route('/', eventRoutes(telegram, modelIsSimulated));
  app.onError((error, c) => c.json({ error: error.message }, 400));
  return app;
}
