import { mayPass, type Queues } from '@signalbox/queues';
import type { Log, Redact } from '@signalbox/service';
import { Hono, type MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { findProblems } from './find-problems.ts';
import {
  askForPassword,
  checkHostAndOrigin,
  checkPassword,
  forbidKeeping,
  refuseChanges,
  setSecurityHeaders,
} from './guard.ts';
import { createQueueBoard } from './queue-board.ts';
import { readOverview } from './read-overview.ts';
import { renderOverview } from './render-overview.ts';

export interface DashboardNeeds {
  readonly queues: Queues;
  readonly password: string;
  /** The address it will listen on. */
  readonly host: string;
  readonly modelIsSimulated: boolean;
  readonly redact: Redact;
  readonly log: Log;
}

const BOARD = '/queues';

/** The dashboard's pages: `/` the overview, `/queues` Bull Board, `/healthz` for whoever watches the process, `/readyz` for whoever watches all of them. */
export function createApp({ queues, password, host, modelIsSimulated, redact, log }: DashboardNeeds): Hono {
  const app = new Hono();
  const board = createQueueBoard(queues, BOARD);
  app.use(forbidKeeping, setSecurityHeaders);
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    const problems = await findProblems(queues);
    return problems.length === 0 ? c.text('ok\n') : c.text(`${problems.join('\n')}\n`, 503);
  });
  app.use(checkHostAndOrigin(host), checkPassword(password), refuseChanges, redactBodies(redact));

  app.get('/', async (c) => c.html(await renderOverview(await readOverview(queues, modelIsSimulated))));
  app.use(`${BOARD}/api/*`, async (_c, next) => {
    await board.refresh();
    await next();
  });
  app.get(`${BOARD}/`, (c) => c.redirect(BOARD));
  app.route(BOARD, board.routes);

  app.notFound((c) => c.text('There is no such page.\n', 404));
  app.onError((err, c) => {
    if (err instanceof HTTPException) return askForPassword(err);
    if (!mayPass(err)) {
      log.error({ err }, 'A page could not be made');
      return c.text('The page could not be made: an error of Signalbox’s own. The log says more.\n', 500);
    }
    log.warn({ err }, 'A page waits for Redis');
    return c.text('The page could not be made. Most likely Redis does not answer; the log says more.\n', 503);
  });
  return app;
}

/** The last line of defence: no secret leaves in a page, wherever it came from. */
function redactBodies(redact: Redact): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (!/html|json|text\/plain/.test(c.res.headers.get('content-type') ?? '')) return;
    const body = await c.res.text();
    const { status, headers } = c.res;
    headers.delete('content-length');
    c.res = undefined;
    c.res = new Response(redact(body), { status, headers });
  };
}
