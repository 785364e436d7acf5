import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type ContextOptions, contextFor } from '../../testing/context.ts';
import { FAULTS } from '../../testing/faults.ts';
import {
  type FixtureServerOptions,
  fixture,
  json,
  type Reply,
  readFixture,
  serveFixtures,
  status,
} from '../../testing/serve-fixtures.ts';
import { type BeszelConfig, endOf } from '../beszel/client.ts';
import type { Integration } from '../contract/integration.ts';
import { createBeszel } from './beszel.ts';

const LOGIN = '/api/collections/users/auth-with-password';
const SYSTEMS = '/api/collections/systems/records';
const USER = { BESZEL_EMAIL: 'bot@home.arpa', BESZEL_PASSWORD: 'pass "word" of the bot' };
const HOUR_MS = 3_600_000;
const BEGIN = Date.parse('2026-02-04T15:00:00Z');

let beszel: Integration<BeszelConfig>;
beforeEach(() => {
  beszel = createBeszel();
});

/** A hub with one user: its tokens end after an hour, and who has none of them sees an empty list. */
async function startHub(options?: FixtureServerOptions) {
  let now = BEGIN;
  let valid = '';
  const logIn: Reply = (response, asked) => {
    const { identity, password } = JSON.parse(asked.body);
    if (identity !== USER.BESZEL_EMAIL || password !== USER.BESZEL_PASSWORD) {
      return status(400, readFixture('beszel-auth-failed-400.json'))(response, asked);
    }
    const payload = Buffer.from(JSON.stringify({ exp: (now + HOUR_MS) / 1_000 })).toString('base64url');
    valid = `head.${payload}.signature-${now}`;
    json({ ...JSON.parse(readFixture('beszel-auth.json')), token: valid })(response, asked);
  };
  const list: Reply = (response, asked) => {
    const known = valid !== '' && asked.headers.authorization === valid;
    fixture(known ? 'beszel-systems.json' : 'beszel-systems-empty-expired-token-200.json')(response, asked);
  };
  const server = await serveFixtures({ [LOGIN]: logIn, [SYSTEMS]: list }, options);
  onTestFinished(() => server.close());
  return {
    server,
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
    forget: () => {
      valid = '';
    },
    asked: () => server.asked.map(({ path }) => path.replace(/\?.*/, '')),
  };
}

function run(url: string, args: readonly string[] = [], options: ContextOptions = {}, user = USER) {
  return beszel.run(contextFor(beszel, { BESZEL_URL: url, ...user }, { now: BEGIN, ...options }), args);
}

describe('/beszel', () => {
  it('logs in, and shows what is down and full', async () => {
    const hub = await startHub();
    const report = await run(`${hub.server.url}/`);
    expect(report).toMatchObject({
      level: 'error',
      lines: [{ level: 'error', text: 'vps is down, last change 3 h ago', about: 'vps' }, {}, {}, {}, {}],
    });
    expect(beszel.summary(report)).toBe('Beszel: vps is down, last change 3 h ago (+3)');
  });

  it('with a name shows that system, in any case; nothing that was typed is sent', async () => {
    const hub = await startHub();
    expect(await run(hub.server.url, ['DOCKGE'])).toMatchObject({ title: 'Beszel: dockge is up', level: 'warn' });
    expect(await run(hub.server.url, ["x'||1=1"])).toEqual({
      level: 'unknown',
      title: 'Beszel: no system of that name',
      lines: [{ level: 'unknown', text: 'There are: pve, dockge, vps, nas, new' }],
    });
    expect(hub.server.asked.filter(({ path, body }) => /dockge|1=1/i.test(path + body))).toEqual([]);
  });

  it('warns from BESZEL_WARN_PERCENT on', async () => {
    const hub = await startHub();
    const values = { BESZEL_URL: hub.server.url, ...USER, BESZEL_WARN_PERCENT: '95' };
    expect((await beszel.run(contextFor(beszel, values), [])).title).toBe('Beszel: 1 down, 1 pending, 1 paused, 2 up');
  });

  it('logs in once for many times, and again before the token ends', async () => {
    const hub = await startHub();
    for (const pass of [0, HOUR_MS - 61_000, 2_000]) {
      hub.pass(pass);
      await run(hub.server.url, [], { now: hub.now() });
    }
    expect(hub.asked()).toEqual([LOGIN, SYSTEMS, SYSTEMS, LOGIN, SYSTEMS]);
  });

  it.each([
    ['with an empty list', undefined],
    ['with a 401', status(401)],
  ])('logs in again when the token is answered %s before its time', async (_, reply) => {
    const hub = await startHub();
    await run(hub.server.url);
    hub.forget();
    if (reply) hub.server.reply(SYSTEMS, onlyOnce(reply, fixture('beszel-systems.json')));
    expect((await run(hub.server.url)).table?.rows).toHaveLength(2);
    expect(hub.asked()).toEqual([LOGIN, SYSTEMS, SYSTEMS, LOGIN, SYSTEMS]);
  });

  it('never uses the token of another user', async () => {
    const hub = await startHub();
    await run(hub.server.url);
    await expect(run(hub.server.url, [], {}, { ...USER, BESZEL_PASSWORD: 'wrong' })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('of a user who sees no system says what to do, and asks once', async () => {
    const hub = await startHub();
    hub.server.reply(SYSTEMS, fixture('beszel-systems-empty-expired-token-200.json'));
    await expect(run(hub.server.url)).rejects.toMatchObject({
      code: 'rights',
      message:
        'Beszel shows no systems to the user of BESZEL_EMAIL. Add that user to its systems there, or add a system.',
    });
    expect(hub.asked()).toEqual([LOGIN, SYSTEMS]);
  });

  it('of a user that Beszel does not know names the variables, and not the password', async () => {
    const hub = await startHub();
    const password = 'a-wrong-password';
    const error = await run(hub.server.url, [], {}, { ...USER, BESZEL_PASSWORD: password }).catch((reason) => reason);
    expect(error).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/BESZEL_EMAIL and BESZEL_PASSWORD/),
    });
    expect(error.message).not.toContain(password);
    expect(hub.asked()).toEqual([LOGIN]);
  });

  it.each(FAULTS)('of a hub that %s fails with one sentence that names BESZEL_URL', async (_, faulty, code) => {
    for (const path of [LOGIN, SYSTEMS]) {
      const { server } = await startHub();
      const stop = new AbortController();
      server.reply(path, faulty(stop));
      const failure = { code, message: expect.stringContaining('BESZEL_URL') };
      await expect(run(server.url, [], { signal: stop.signal }), path).rejects.toMatchObject(failure);
    }
  });

  it('of something that is no hub says what it answers', async () => {
    const { server } = await startHub();
    server.reply(LOGIN, status(404));
    await expect(run(server.url)).rejects.toThrow('BESZEL_URL answers the login with the status 404');
  });

  it('of a hub that is not there, or shows another certificate, is told apart', async () => {
    const { server } = await startHub({ tls: true });
    await expect(run(server.url)).rejects.toMatchObject({ code: 'certificate' });
    expect(server.asked).toEqual([]);
    await server.close();
    await expect(run(server.url)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('reads from a token when it ends; one that does not say is used once', () => {
    expect(endOf(JSON.parse(readFixture('beszel-auth.json')).token)).toBe(1_700_604_800_000);
    for (const token of ['', 'a.b.c', `a.${Buffer.from('{"exp":"soon"}').toString('base64url')}.c`]) {
      expect(endOf(token)).toBe(0);
    }
  });

  it('is checked by the same', async () => {
    const hub = await startHub({ tls: true });
    const values = { BESZEL_URL: hub.server.url, ...USER, BESZEL_FINGERPRINT: hub.server.certificate.fingerprint };
    await beszel.check(contextFor(beszel, values));
    expect(hub.asked()).toEqual([LOGIN, SYSTEMS]);
    const wrong = contextFor(beszel, { ...values, BESZEL_PASSWORD: 'wrong' });
    await expect(beszel.check(wrong)).rejects.toMatchObject({ code: 'refused' });
  });

  it.each(['0', '101', 'much', ''])('is not configured by BESZEL_WARN_PERCENT=%s', (BESZEL_WARN_PERCENT) => {
    const { error } = beszel.config.safeParse({ BESZEL_URL: 'http://a', ...USER, BESZEL_WARN_PERCENT });
    expect(error?.issues.map(({ path }) => path.join())).toEqual(['BESZEL_WARN_PERCENT']);
  });
});

function onlyOnce(first: Reply, then: Reply): Reply {
  let reply = first;
  return (response, asked) => {
    reply(response, asked);
    reply = then;
  };
}
