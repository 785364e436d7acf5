import type { MiddlewareHandler } from 'hono';
import type { Env } from './common/http-bindings.ts';

const LOOPBACK_NAMES = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Refuses what another web page might make a browser send: a Host that is no loopback name (DNS rebinding) and an
 * Origin other than the simulator's own. Programs send no Origin and are let through.
 */
export const guardBrowserRequests: MiddlewareHandler<Env> = async (c, next) => {
  const host = c.req.header('host') ?? '';
  if (!LOOPBACK_NAMES.test(host)) {
    return c.json({ error: `Host: expected a loopback name such as localhost, got "${host}"` }, 403);
  }
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== `http://${host}`) {
    return c.json({ error: `Origin: expected http://${host}, got "${origin}"` }, 403);
  }
  const site = c.req.header('sec-fetch-site');
  const opensPage = c.req.method === 'GET' && c.req.path === '/';
  if (!opensPage && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return c.json({ error: `Sec-Fetch-Site: expected same-origin, got "${site}"` }, 403);
  }
  return next();
};
