import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Certificate, makeCertificate } from './make-certificate.ts';

/** What was asked of the server. */
export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers one request, or leaves it open. */
export type Reply = (response: ServerResponse, asked: Asked) => void;

/** By path with its query, or by path alone. */
export type Routes = Readonly<Record<string, Reply>>;

export interface FixtureServer {
  readonly url: string;
  readonly certificate: Certificate;
  readonly asked: readonly Asked[];
  /** Answers this path otherwise from now on. */
  reply(path: string, reply: Reply): void;
  close(): Promise<void>;
}

export interface FixtureServerOptions {
  /** Whether it speaks TLS, with a self-signed certificate of its own. */
  readonly tls?: boolean;
  readonly certificate?: Certificate;
  /** The only value of the Authorization header it lets in; any other is answered with 401. */
  readonly authorization?: string;
}

/** A server on loopback that stands in for a service: it answers with fixtures, checks the credentials, and notes what it was asked. */
export async function serveFixtures(routes: Routes, options: FixtureServerOptions = {}): Promise<FixtureServer> {
  const { tls = false, certificate = await makeCertificate(), authorization } = options;
  const replies = new Map(Object.entries(routes));
  const asked: Asked[] = [];
  const listen: RequestListener = async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { method, path, headers, body };
    asked.push(one);
    if (authorization !== undefined && headers.authorization !== authorization) return status(401)(response, one);
    const reply = replies.get(path) ?? replies.get(path.replace(/\?.*/, '')) ?? status(404, `no such path: ${path}`);
    reply(response, one);
  };
  const server = tls
    ? createSecureServer({ cert: certificate.cert, key: certificate.key }, listen)
    : createServer(listen);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url, certificate, asked, reply: (path, reply) => replies.set(path, reply), close };
}

/** The text of a file of `fixtures/`. */
export function readFixture(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)), 'utf8');
}

/** Answers with a file of `fixtures/`. */
export function fixture(name: string): Reply {
  return text(readFixture(name));
}

export function json(value: unknown, code = 200): Reply {
  return text(JSON.stringify(value), code);
}

export function text(body: string, code = 200): Reply {
  return (response) => void response.writeHead(code).end(body);
}

/** Answers with a status, such as 401, 403 or 500. */
export function status(code: number, body = ''): Reply {
  return text(body, code);
}

/** Never answers. */
export const hang: Reply = () => {};

/** Begins an answer and cuts the connection. */
export const cut: Reply = (response) => {
  response.writeHead(200, { 'content-length': 1000 });
  response.write('{"data":', () => response.destroy());
};

/** Answers 3 MB of JSON. */
export const tooLong: Reply = text(JSON.stringify({ data: 'x'.repeat(3 * 1024 * 1024) }));

/** Sends the asker elsewhere. */
export function redirect(to: string): Reply {
  return (response) => void response.writeHead(301, { location: to }).end();
}
