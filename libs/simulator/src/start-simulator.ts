import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { type AnthropicSimulator, createAnthropicSimulator } from './anthropic/messages-api.ts';
import { createApp } from './app.ts';
import { botIdOf, DEFAULT_BOT_TOKEN } from './default-token.ts';
import {
  createTelegramSimulator,
  type TelegramOptions,
  type TelegramSimulator,
} from './telegram/telegram-simulator.ts';

export type SimulatorOptions = TelegramOptions & {
  /** 0, the default, takes any free port. */
  port?: number;
  /** A loopback address (127.0.0.1): the control API has no password. */
  host?: string;
  botToken?: string;
  /** Whether the page says that the model is simulated (true). */
  modelIsSimulated?: boolean;
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
 * @throws Error if the host is not a loopback address or the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', botToken = DEFAULT_BOT_TOKEN, modelIsSimulated = true, ...rest } = options;
  if (!/^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host)) {
    throw new Error(
      `host: expected a loopback address such as 127.0.0.1, because anyone who reaches the simulator commands it; got "${host}"`,
    );
  }
  const telegram = createTelegramSimulator({ ...rest, botId: botIdOf(botToken) });
  const anthropic = createAnthropicSimulator();
  const app = createApp({ telegram, anthropic, botToken, modelIsSimulated });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // A hung call or a long stream is the simulator's business, not a time-out's.
  server.requestTimeout = 0;
  await listen(server, port, host);
  return {
    url: urlOf(server, host),
    botToken,
    telegram,
    anthropic,
    async close() {
      telegram.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
