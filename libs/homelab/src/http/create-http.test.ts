import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificate } from '../../testing/make-certificate.ts';
import {
  cut,
  type FixtureServerOptions,
  hang,
  json,
  type Routes,
  redirect,
  serveFixtures,
  status,
  text,
  tooLong,
} from '../../testing/serve-fixtures.ts';
import type { Http } from '../contract/http.ts';
import { httpForVariables } from './http-for-variables.ts';

const SECRET = 'tok/en+of~the&house';

const VARIABLES = {
  LAMP_URL: { expected: 'an address', meaning: '' },
  LAMP_USER: { expected: 'a name', meaning: '', credential: true },
  LAMP_PASSWORD: { expected: 'a password', meaning: '', secret: true },
  LAMP_FINGERPRINT: { expected: 'a fingerprint', meaning: '' },
  LAMP_CA_FILE: { expected: 'a file', meaning: '' },
};

async function serve(routes: Routes, options?: FixtureServerOptions) {
  const server = await serveFixtures(routes, options);
  onTestFinished(() => server.close());
  return server;
}

function httpTo(url: string, values: Readonly<Record<string, string>> = {}, signal?: AbortSignal): Http {
  return httpForVariables(VARIABLES, { LAMP_URL: url, LAMP_PASSWORD: SECRET, ...values }, signal);
}

/** A server that does with its connections what `then` says. */
async function listen(then: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    then(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

describe('a service that answers', () => {
  it('is asked with method, headers and body, and its JSON is read', async () => {
    const server = await serve({ '/state': json({ on: true }) });
    const asked = { method: 'POST', headers: { authorization: 'Lamp 1' }, body: '{"a":1}' } as const;
    expect(await httpTo(server.url).json(`${server.url}/state?full=1`, asked)).toEqual({ on: true });
    const { method, path, headers, body } = server.asked[0] ?? expect.fail('nothing was asked');
    expect({ method, path, body, authorization: headers.authorization }).toEqual({
      ...{ method: 'POST', path: '/state?full=1', body: '{"a":1}' },
      authorization: 'Lamp 1',
    });
  });

  it('keeps no connection open', async () => {
    const server = await serve({ '/state': json({}) });
    await httpTo(server.url).json(`${server.url}/state`);
    expect(server.asked[0]?.headers.connection).toBe('close');
  });

  it('is the only one that is asked: an address elsewhere is an error', async () => {
    const [mine, other] = [await serve({}), await serve({})];
    await expect(httpTo(mine.url).request(`${other.url}/state`)).rejects.toThrow('is not to be asked');
    expect(other.asked).toEqual([]);
  });
});

describe('a certificate', () => {
  it('is accepted by its fingerprint, with colons or without, in any case', async () => {
    const server = await serve({ '/state': json({}) }, { tls: true });
    const { fingerprint } = server.certificate;
    for (const written of [fingerprint, fingerprint.toLowerCase(), fingerprint.replaceAll(':', '')]) {
      await httpTo(server.url, { LAMP_FINGERPRINT: written }).json(`${server.url}/state`);
    }
    expect(server.asked).toHaveLength(3);
  });

  it('of another fingerprint ends the connection before anything is sent', async () => {
    const server = await serve({ '/state': json({}) }, { tls: true });
    const http = httpTo(server.url, { LAMP_FINGERPRINT: (await makeCertificate()).fingerprint });
    await expect(http.json(`${server.url}/state`)).rejects.toMatchObject({
      code: 'certificate',
      message: `LAMP_URL (${server.url}) shows the certificate ${server.certificate.fingerprint}. If it was renewed, set LAMP_FINGERPRINT to the new one.`,
    });
    expect(server.asked).toEqual([]);
  });

  it('is accepted when LAMP_CA_FILE has signed it', async () => {
    const server = await serve({ '/state': json({}) }, { tls: true });
    const directory = await mkdtemp(join(tmpdir(), 'signalbox-ca-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, 'ca.pem'), server.certificate.cert);
    await httpTo(server.url, { LAMP_CA_FILE: join(directory, 'ca.pem') }).json(`${server.url}/state`);
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['of nobody known', {}, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'Set LAMP_FINGERPRINT to its SHA-256'],
    ['with a CA file that is not there', { LAMP_CA_FILE: '/nowhere.pem' }, 'LAMP_CA_FILE (/nowhere.pem)', 'ENOENT'],
    ['with a fingerprint that is none', { LAMP_FINGERPRINT: 'AB:CD' }, 'LAMP_FINGERPRINT', '64 hexadecimal digits'],
  ])('%s is refused, and nothing is sent', async (_, values, ...said) => {
    const server = await serve({}, { tls: true });
    const error = await httpTo(server.url, values).request(server.url).catch(String);
    for (const part of said) expect(error).toContain(part);
    expect(server.asked).toEqual([]);
  });

  it.each([
    ['for another name', { dnsName: 'lamp.example' }, 'for other names'],
    ['that has expired', { until: new Date(Date.now() - 3_600_000) }, 'has expired'],
  ])('%s is refused although LAMP_CA_FILE has signed it', async (_, options, said) => {
    const certificate = await makeCertificate(options);
    const server = await serve({}, { tls: true, certificate });
    const directory = await mkdtemp(join(tmpdir(), 'signalbox-ca-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, 'ca.pem'), certificate.cert);
    const http = httpTo(server.url, { LAMP_CA_FILE: join(directory, 'ca.pem') });
    await expect(http.request(server.url)).rejects.toMatchObject({
      code: 'certificate',
      message: expect.stringContaining(said),
    });
  });

  it('that is pinned for an address without TLS is refused, and nothing is sent', async () => {
    const server = await serve({});
    const http = httpTo(server.url, { LAMP_FINGERPRINT: server.certificate.fingerprint });
    await expect(http.request(server.url)).rejects.toMatchObject({ code: 'certificate' });
    expect(server.asked).toEqual([]);
  });
});

describe('a service that cannot be asked', () => {
  it('is unreachable when nothing listens', async () => {
    const server = await serve({});
    await server.close();
    await expect(httpTo(server.url).request(server.url)).rejects.toMatchObject({
      code: 'unreachable',
      message: `LAMP_URL (${server.url}) does not answer: connection refused. Is it on, and are address and port right?`,
    });
  });

  it('is unreachable when its name is unknown', async () => {
    const url = 'http://lamp.invalid:8006';
    await expect(httpTo(url).request(url)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it.each([
    ['does not answer', hang],
    ['begins to answer and stops', (response: Parameters<typeof hang>[0]) => void response.write('{')],
  ])('is out of time when it %s', async (_, reply) => {
    const server = await serve({ '/state': reply });
    await expect(httpTo(server.url).json(`${server.url}/state`, { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'timeout',
      message: `LAMP_URL (${server.url}) gave no answer within 0.2 s. Is it very busy?`,
    });
  });

  it('is out of time when it takes the connection and does not go on with TLS', async () => {
    const url = `https://${await listen(() => undefined)}`;
    await expect(httpTo(url).request(url, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('is given up at once when the answer is no longer wanted', async () => {
    const server = await serve({ '/state': hang });
    const stop = new AbortController();
    const answer = httpTo(server.url, {}, stop.signal).json(`${server.url}/state`);
    await expect.poll(() => server.asked.length).toBe(1);
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('whole command') });
    await expect(httpTo(server.url, {}, stop.signal).request(server.url)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('is unreachable when it cuts the connection', async () => {
    const server = await serve({ '/state': cut });
    await expect(httpTo(server.url).json(`${server.url}/state`)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('cut the connection'),
    });
  });

  it('is told from one that speaks no TLS, and one that speaks no HTTP', async () => {
    const server = await serve({});
    const secure = server.url.replace('http:', 'https:');
    await expect(httpTo(secure).request(secure)).rejects.toThrow('Should it begin with http://');
    const other = `http://${await listen((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))}`;
    await expect(httpTo(other).request(other)).rejects.toMatchObject({ code: 'answer' });
  });
});

describe('an answer', () => {
  it.each([401, 403])('of status %i names the credentials and the right', async (code) => {
    const server = await serve({ '/state': status(code, SECRET) });
    const asked = httpTo(server.url).request(`${server.url}/state`, { right: 'the role Reader on /' });
    const where = `LAMP_URL (${server.url})`;
    await expect(asked).rejects.toMatchObject({
      code: 'refused',
      message:
        code === 401
          ? `${where} does not let us in (401). Check LAMP_USER and LAMP_PASSWORD.`
          : `${where} knows LAMP_USER and LAMP_PASSWORD, but does not show /state (403). It needs the role Reader on /.`,
    });
  });

  it.each([
    ['longer than 2 MB', tooLong, 'more than the 2 MB'],
    ['that is not JSON', text('<html>'), 'not JSON'],
    ['that is a redirect', redirect('http://127.0.0.1:9/login'), 'with a redirect (301)'],
    ['that is an error', status(500, 'out of\nmemory'), '/state with an error (500): out of memory.'],
    ['that is a web page', status(502, '<html>bad gateway'), '/state with an error (502).'],
  ])('%s is an error of the code "answer"', async (_, reply, said) => {
    const server = await serve({ '/state': reply });
    await expect(httpTo(server.url).json(`${server.url}/state`)).rejects.toMatchObject({
      code: 'answer',
      message: expect.stringContaining(said),
    });
  });

  it.each([
    ['as it is', SECRET],
    ['in an address', encodeURIComponent(SECRET)],
    ['in JSON', JSON.stringify({ password: SECRET })],
    ['in Basic authentication', Buffer.from(`:${SECRET}`).toString('base64')],
    ['in Basic authentication with a name', Buffer.from(`ab:${SECRET}:c`).toString('base64url')],
  ])('that repeats a secret %s is shown without it', async (_, body) => {
    const server = await serve({ '/state': status(500, `bad: ${body}`) });
    const error = await httpTo(server.url).json(`${server.url}/state`).catch(String);
    expect(error).toContain('[redacted]');
    const heart = /[\w+/-]{10,}/.exec(body.replace('Basic ', ''))?.[0] ?? body;
    expect(error).not.toContain(heart);
  });
});
