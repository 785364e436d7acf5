import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import type { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { hostOf, isOwnName } from './addresses.ts';

const USER = 'admin';

/**
 * Tells a browser to be careful, on every answer: scripts, styles and data come from here alone. Bull Board styles its elements in place, hence
 * `unsafe-inline` for styles. Whether there is TLS is for whoever put it before the dashboard to say.
 */
export const setSecurityHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'self'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
});

/** What is not a file of Bull Board's is not to be kept by a browser. */
export const forbidKeeping: MiddlewareHandler = async (c, next) => {
  await next();
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

/** Asks for user `admin` and `password` (HTTP Basic). Takes the same time whichever of them was wrong. */
export function checkPassword(password: string): MiddlewareHandler {
  const expected = digest(`${USER}:${password}`);
  return basicAuth({
    realm: 'Signalbox',
    invalidUserMessage: 'User and password, please.\n',
    verifyUser: (user, given) => timingSafeEqual(digest(`${user}:${given}`), expected),
  });
}

/** The answer to who gave no password or a wrong one. A browser is told to send what is typed as UTF-8, as it is read here. */
export function askForPassword(refusal: HTTPException): Response {
  const answer = refusal.getResponse();
  const asks = answer.headers.get('WWW-Authenticate');
  if (asks !== null) answer.headers.set('WWW-Authenticate', `${asks}, charset="UTF-8"`);
  return answer;
}

/** Digests are of one length, and their difference says nothing about what was digested. */
function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
