import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { type AnthropicSimulator, createAnthropicSimulator } from './anthropic/messages-api.ts';
import { anthropicRoutes } from './anthropic/routes.ts';
import type { Env } from './common/http-bindings.ts';
import { listen, stopListening } from './common/listen.ts';
import { controlRoutes } from './control/routes.ts';
import { botIdOf, DEFAULT_BOT_TOKEN } from './default-token.ts';
import { guardBrowserRequests } from './guard-browser-requests.ts';
import { pageRoutes } from './page/routes.ts';
import { telegramRoutes } from './telegram/server/routes.ts';
import {
  createTelegramSimulator,
  type TelegramOptions,
  type TelegramSimulator,
} from './telegram/telegram-simulator.ts';

/** How the simulator is started; everything may be left out. */
export type SimulatorOptions = TelegramOptions & {
  /** 0, the default, takes any free port. */
  port?: number;
  /** A loopback address (127.0.0.1): the control API has no password. */
  host?: string;
  botToken?: string;
  /** Whether the page says that the model is simulated (true). */
  modelIsSimulated?: boolean;
  /** A directory in which the chats outlive the process; left out, they do not. */
  stateDir?: string | undefined;
};

/** Both simulated clouds behind one HTTP server. */
export type Simulator = {
  /** `http://127.0.0.1:<port>`, without a slash at the end: TELEGRAM_API_ROOT and ANTHROPIC_BASE_URL. */
  readonly url: string;
  readonly botToken: string;
  readonly telegram: TelegramSimulator;
  readonly anthropic: AnthropicSimulator;
  /** Ends every connection, open ones too. Resolves when the port is free. */
  close(): Promise<void>;
};

/**
 * Starts the simulator. Resolves once it listens.
 * @throws Error if the host is not a loopback address, the port is taken or what was kept cannot be read from the disk
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = 0,
    host = '127.0.0.1',
    botToken = DEFAULT_BOT_TOKEN,
    modelIsSimulated = true,
    stateDir,
    ...rest
  } = options;
  if (!/^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host)) {
    throw new Error(
      `host: expected a loopback address such as 127.0.0.1, because anyone who reaches the simulator commands it; got "${host}"`,
    );
  }
  const telegram = createTelegramSimulator({ ...rest, botId: botIdOf(botToken) });
  const keeper = stateDir === undefined ? undefined : await telegram.keepIn(stateDir);
  const anthropic = createAnthropicSimulator();
  const app = new Hono<Env>();
  app.use(guardBrowserRequests);
  app.route('/', pageRoutes());
  app.route('/control', controlRoutes({ telegram, anthropic, modelIsSimulated }));
  app.route('/', telegramRoutes(telegram, botToken));
  app.route('/', anthropicRoutes(anthropic));
  app.notFound((c) => c.json({ ok: false, error_code: 404, description: 'Not Found' }, 404));
  app.onError((error, c) => c.json({ ok: false, error_code: 500, description: `simulator: ${error.message}` }, 500));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // A hung call or a long stream is the simulator's business, not a time-out's.
  server.requestTimeout = 0;
  return {
    url: await listen(server, port, host),
    botToken,
    telegram,
    anthropic,
    async close() {
      telegram.close();
      await stopListening(server);
      await keeper?.close();
    },
  };
}
