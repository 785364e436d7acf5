import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Env } from '../common/http-bindings.ts';
import type { Waits } from '../telegram/looks/waits.ts';
import { type PageSource, pageEvent, pageState } from './page-state.ts';

/** Time between two comments that keep proxies from closing a quiet stream, milliseconds. */
const KEEP_ALIVE_MS = 15_000;

/** What the page shows, and when it changes. */
export type PageFeed = PageSource & Pick<Waits, 'on'>;

/** `/control/events`: the whole state, then every change, as server-sent events. */
export function eventRoutes(telegram: PageFeed, modelIsSimulated: boolean): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const write = (event: string, data: unknown) => stream.writeSSE({ event, data: JSON.stringify(data) });
      const gone = new Promise<void>((resolve) => stream.onAbort(() => resolve()));
      // Not awaited before listening: a change in between would be lost.
      const first = write('state', pageState(telegram, modelIsSimulated));
      const stop = telegram.on('change', (change) => {
        const event = pageEvent(telegram, change);
        if (event !== undefined) write(event.event, event.data).catch(() => stop());
      });
      const keepAlive = setInterval(() => {
        stream.write(': here\n\n').catch(() => stop());
      }, KEEP_ALIVE_MS);
      await first;
      await gone;
      clearInterval(keepAlive);
      stop();
    }),
  );
  return app;
}
