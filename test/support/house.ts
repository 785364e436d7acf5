import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { AppName } from './app-process.ts';
import type { World } from './world.ts';

/** The plugin of the docs. */
export const PLUGIN = fileURLToPath(new URL('../../libs/homelab/examples/ntfy.mjs', import.meta.url));

/** A service of the house, on loopback. */
export interface Service {
  readonly url: string;
  /** How often it was asked. */
  asked: number;
  close(): Promise<void>;
}

/** Serves what the listener answers; whoever calls closes it. */
export async function serve(listen: RequestListener): Promise<Service> {
  const server = createServer((request, response) => {
    service.asked += 1;
    listen(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: Service = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}

/** What a house is to be made of. */
export interface HouseOptions {
  readonly apps?: readonly AppName[];
  /** More of the environment, which may name the service. */
  readonly env?: (url: string) => Record<string, string>;
}

/** Opens a world whose worker has the plugin of the docs, for a service that answers so and is closed with the world. */
export async function openHouse(
  world: World,
  listen: RequestListener,
  { apps = ['bot', 'worker'], env = () => ({}) }: HouseOptions = {},
): Promise<Service> {
  const service = await serve(listen);
  await world.open({ apps, env: { HOMELAB_PLUGINS: PLUGIN, NTFY_URL: service.url, ...env(service.url) } });
  return world.closeAtEnd(service);
}
