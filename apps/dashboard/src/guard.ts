import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { hostOf, isOwnName } from './addresses.ts';

const USER = 'admin';

/** Scripts, styles and data come from here alone. Bull Board styles its elements in place, hence `unsafe-inline` for styles. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Sets the headers that tell a browser to be careful, on every answer. What is not a file of Bull Board's is not to be kept. */
export const setSecurityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
  if (!c.req.path.startsWith('/queues/static/')) c.header('Cache-Control', 'no-store');
};

/** Refuses (403) what was not meant for this dashboard: another Host, or a page of another origin. */
export function checkHostAndOrigin(listensOn: string): MiddlewareHandler {
  return async (c, next) => {
    const authority = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    const host = hostOf(authority);
    const isForeign = origin !== undefined && origin !== `http://${authority}` && origin !== `https://${authority}`;
    if (host === undefined || !isOwnName(host, listensOn)) {
      return c.text(
        'This dashboard does not answer to that name. Use its address, or localhost through a tunnel.\n',
        403,
      );
    }
    return isForeign ? c.text('Requests of other pages are refused.\n', 403) : next();
  };
}

/** Refuses (405) whatever could change something: the dashboard only looks. */
export const refuseChanges: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  return c.text('The dashboard is read-only.\n', 405, { Allow: 'GET, HEAD' });
};

/** Asks for user `admin` and `password` (HTTP Basic). Takes the same time whatever was wrong. */
export function checkPassword(password: string): MiddlewareHandler {
  const expected = digest(`${USER}:${password}`);
  return async (c, next) => {
    const encoded = /^Basic ([\w+/=-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    if (timingSafeEqual(digest(Buffer.from(encoded, 'base64')), expected)) return next();
    return c.text('User and password, please.\n', 401, {
      'WWW-Authenticate': 'Basic realm="Signalbox", charset="UTF-8"',
    });
  };
}

/** Digests are of one length, and their difference says nothing about what was digested. */
function digest(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}
