import { Hono } from 'hono';
import type { Env } from '../shared/http-bindings.ts';
import { OFFICIAL_LIMITS } from '../telegram/server/flood-control.ts';
import type { TelegramSimulator } from '../telegram/telegram-simulator.ts';
import { faultBody, floodBody, redeliverBody } from './bodies.ts';
import { readBody } from './read-body.ts';

/** What goes wrong on demand. */
export function faultRoutes(telegram: TelegramSimulator): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/faults', (c) => c.json(telegram.faults.list().map(({ rule, hits }) => ({ rule, hits }))));
  app.post('/faults', async (c) => {
    telegram.faults.add(await readBody(c, faultBody));
    return c.json({ ok: true });
  });
  app.delete('/faults', (c) => {
    telegram.faults.clear();
    return c.json({ ok: true });
  });
  app.post('/redeliver', async (c) => {
    const { count } = await readBody(c, redeliverBody);
    return c.json({ count: telegram.redeliver(count) });
  });
  app.post('/flood', async (c) => {
    const { on } = await readBody(c, floodBody);
    telegram.flood.limits = on ? OFFICIAL_LIMITS : undefined;
    return c.json({ ok: true });
  });
  return app;
}
