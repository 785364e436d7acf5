import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Env } from '../common/http-bindings.ts';

/** The page's files lie beside `src` and `dist`, so they are found from both. */
const PAGE = new URL('../../page/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The page loads nothing from elsewhere and stands in no other page. It is served over HTTP, so nothing asks for HTTPS. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: false,
});

/** The chat page: plain files, no build. */
export function pageRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', headers, () => pageFile('index.html'));
  app.get('/page/:file{[a-z-]+\\.(?:css|js|svg)}', headers, (c) => pageFile(c.req.param('file')));
  return app;
}

async function pageFile(name: string): Promise<Response> {
  const data = await readFile(new URL(name, PAGE)).catch(() => undefined);
  if (data === undefined) return new Response('Not found', { status: 404 });
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return new Response(new Uint8Array(data), { headers: { 'cache-control': 'no-cache', 'content-type': type } });
}
