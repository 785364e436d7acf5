import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import type { Env } from '../shared/http-bindings.ts';

/** The page's files lie beside `src` and `dist`, so they are found from both. */
const PAGE = new URL('../../page/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

/** The chat page: plain files, no build. */
export function pageRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', () => pageFile('index.html'));
  app.get('/page/:file{[a-z-]+\\.(?:css|js|svg)}', (c) => pageFile(c.req.param('file')));
  return app;
}

async function pageFile(name: string): Promise<Response> {
  const data = await readFile(new URL(name, PAGE)).catch(() => undefined);
  if (data === undefined) return new Response('Not found', { status: 404 });
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return new Response(new Uint8Array(data), { headers: { ...HEADERS, 'content-type': type } });
}
