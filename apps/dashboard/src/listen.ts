import { createAdaptorServer } from '@hono/node-server';
import { FatalError } from '@signalbox/service';
import type { Hono } from 'hono';

export interface Listening {
  readonly port: number;
  /** Takes no more requests and cuts what still runs. */
  close(): Promise<void>;
}

/** Serves `app` over HTTP. `port` 0 takes a free one. Rejects with `FatalError` if the address cannot be had. */
export function listen(app: Hono, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be had (${error.code})`;
      reject(new FatalError(`DASHBOARD_HOST, DASHBOARD_PORT: ${host}:${port} ${why}. Choose another one.`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
  });
}
