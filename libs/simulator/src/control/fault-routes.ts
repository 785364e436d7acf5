import { Hono } from 'hono';
import type { Env } from '../common/http-bindings.ts';
import type { Faults } from '../telegram/server/faults.ts';
import { type FloodControl, OFFICIAL_LIMITS } from '../telegram/server/flood-control.ts';
import { bodies } from './bodies.ts';
import { post } from './post.ts';

/** All that can be made to go wrong. */
export type Breakable = {
  readonly faults: Pick<Faults, 'add' | 'list' | 'clear'>;
  readonly flood: Pick<FloodControl, 'limits'>;
  redeliver(count: number): number;
};

/** What goes wrong on demand. */
export function faultRoutes(telegram: Breakable): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/faults', (c) => c.json(telegram.faults.list().map(({ rule, hits }) => ({ rule, hits }))));
  app.delete('/faults', (c) => {
    telegram.faults.clear();
    return c.json({ ok: true });
  });
  post(app, '/faults', bodies.fault, (rule) => {
    telegram.faults.add(rule);
  });
  post(app, '/redeliver', bodies.redeliver, ({ count }) => ({ count: telegram.redeliver(count) }));
  post(app, '/flood', bodies.flood, ({ on }) => {
    telegram.flood.limits = on ? OFFICIAL_LIMITS : undefined;
  });
  return app;
}
