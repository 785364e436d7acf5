import { describe, expect, it, onTestFinished } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { FAULTS } from '../../testing/faults.ts';
import {
  type FixtureServerOptions,
  fixture,
  json,
  type Routes,
  readFixture,
  serveFixtures,
  status,
  text,
} from '../../testing/serve-fixtures.ts';
import { kuma } from './kuma.ts';

const KEY = 'uk1_abcDEF-123';
const AUTHORIZATION = `Basic ${Buffer.from(`:${KEY}`).toString('base64')}`;
const PAGE = '/api/status-page/homelab';
const HEARTBEAT = '/api/status-page/heartbeat/homelab';
const PAGE_ROUTES = {
  [PAGE]: fixture('kuma-status-page-2.5.3.json'),
  [HEARTBEAT]: fixture('kuma-heartbeat-2.5.3.json'),
};

async function serve(routes: Routes, options?: FixtureServerOptions) {
  const server = await serveFixtures(routes, options);
  onTestFinished(() => server.close());
  return server;
}

function run(values: Readonly<Record<string, string>>, args: readonly string[] = [], signal?: AbortSignal) {
  return kuma.run(contextFor(kuma, values, signal && { signal }), args);
}

describe('/kuma with an API key', () => {
  const withKey = (KUMA_URL: string) => ({ KUMA_URL, KUMA_API_KEY: KEY });

  it.each(['kuma-metrics-2.5.3.txt', 'kuma-metrics-1.23-shape.txt'])(
    'reads %s and shows what is down',
    async (name) => {
      const server = await serve({ '/metrics': fixture(name) }, { authorization: AUTHORIZATION });
      const report = await run(withKey(`${server.url}/`));
      expect(report).toMatchObject({ level: 'error', title: 'Kuma: 3 down, 1 maintained, 2 up' });
      expect(kuma.summary(report)).toBe('Kuma: Dockge "main", eu\\1 is down (+2)');
      await kuma.check(contextFor(kuma, withKey(server.url)));
    },
  );

  it('shows those with the words of the command in their names', async () => {
    const server = await serve({ '/kuma/metrics': fixture('kuma-metrics-2.5.3.txt') });
    const report = await run(withKey(`${server.url}/kuma/`), ['proxy', 'manager']);
    expect(report.lines).toEqual([
      { level: 'error', text: 'Nginx Proxy Manager is down', about: 'Nginx Proxy Manager' },
    ]);
    expect(server.asked.map(({ path }) => path)).toEqual(['/kuma/metrics']);
  });

  it('says so when all is paused', async () => {
    const server = await serve({ '/metrics': text('# TYPE monitor_status gauge\n') });
    expect(await run(withKey(server.url))).toMatchObject({ level: 'unknown', title: 'Kuma: nothing to see' });
  });

  it('that is wrong names the variable, and not the key', async () => {
    const server = await serve({ '/metrics': text('') }, { authorization: 'Basic other' });
    const error = await run(withKey(server.url)).catch(String);
    expect(error).toContain('Check KUMA_API_KEY');
    expect(error).not.toContain(KEY);
  });

  it.each(FAULTS)('of a Kuma that %s fails with one sentence that names KUMA_URL', async (_, faulty, code) => {
    const server = await serve({});
    const failure = { code, message: expect.stringContaining('KUMA_URL') };
    for (const ask of [kuma.run, kuma.check]) {
      const stop = new AbortController();
      server.reply('/metrics', faulty(stop));
      const context = contextFor(kuma, withKey(server.url), { signal: stop.signal });
      await expect(ask(context, [])).rejects.toMatchObject(failure);
    }
  });

  it('of something that is no Kuma says what it answers', async () => {
    const server = await serve({ '/metrics': status(502) });
    await expect(run(withKey(server.url))).rejects.toThrow('answers /metrics with the status 502');
    server.reply('/metrics', text('go_goroutines 7\n'));
    await expect(run(withKey(server.url))).rejects.toThrow('the metrics of Uptime Kuma');
  });

  it('of a Kuma that is not there, or shows another certificate, is told apart', async () => {
    const server = await serve({}, { tls: true });
    await expect(run(withKey(server.url))).rejects.toMatchObject({ code: 'certificate' });
    const other = { KUMA_FINGERPRINT: server.certificate.fingerprint.replace(/^../, '00') };
    await expect(run({ ...withKey(server.url), ...other })).rejects.toMatchObject({ code: 'certificate' });
    await server.close();
    await expect(run(withKey(server.url))).rejects.toMatchObject({ code: 'unreachable' });
    expect(server.asked).toEqual([]);
  });
});

describe('/kuma with a status page', () => {
  const withPage = (KUMA_URL: string) => ({ KUMA_URL, KUMA_STATUS_PAGE: 'homelab' });

  it('shows its monitors by their last heartbeat, and its incidents', async () => {
    const server = await serve(PAGE_ROUTES);
    expect(await run(withPage(server.url))).toEqual({
      level: 'error',
      title: 'Kuma: 3 down, 1 maintained, 1 paused, 2 up',
      lines: [
        { level: 'error', text: 'Dockge "main", eu\\1 is down', about: 'Dockge "main", eu\\1' },
        { level: 'error', text: 'Nginx Proxy Manager is down', about: 'Nginx Proxy Manager' },
        { level: 'error', text: 'PBS push is down, was up 50 % of 24 h', about: 'PBS push' },
        { level: 'warn', text: 'Incident: Disk swap' },
        { text: 'Maintained is in maintenance', about: 'Maintained' },
        { text: 'Paused one is paused', about: 'Paused one' },
      ],
      table: {
        head: ['up', 'ms', '24 h'],
        rows: [
          ['Forgejo', '5', '100 %'],
          ['Technitium DNS', '1', '100 %'],
        ],
      },
    });
    expect(server.asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it('of an older Kuma, with no incident or one, is read as well', async () => {
    const server = await serve({ ...PAGE_ROUTES, [PAGE]: fixture('kuma-status-page-legacy-incident-shape.json') });
    expect((await run(withPage(server.url))).title).toBe('Kuma: 3 down, 1 maintained, 1 paused, 2 up');
    server.reply(PAGE, json({ incident: { title: 'Power', style: 'danger' }, publicGroupList: [] }));
    expect((await run(withPage(server.url))).lines[0]).toEqual({ level: 'warn', text: 'Incident: Power' });
  });

  it('that does not exist names the variable', async () => {
    const unknown = fixture('kuma-heartbeat-unknown-slug-200.json');
    const server = await serve({
      [PAGE]: text(readFixture('kuma-status-page-404.json'), 404),
      [HEARTBEAT]: unknown,
    });
    const said = 'Kuma has no status page “homelab”: correct KUMA_STATUS_PAGE.';
    await expect(run(withPage(server.url))).rejects.toMatchObject({ code: 'answer', message: said });
    await expect(kuma.check(contextFor(kuma, withPage(server.url)))).rejects.toThrow(said);
  });

  it('whose heartbeats do not come shows its incidents, and why not more', async () => {
    const server = await serve({ ...PAGE_ROUTES, [HEARTBEAT]: status(500) });
    await expect(kuma.check(contextFor(kuma, withPage(server.url)))).rejects.toMatchObject({ code: 'answer' });
    const report = await run(withPage(server.url));
    expect(report).toMatchObject({ level: 'warn', title: 'Kuma: states not known' });
    expect(report.lines).toEqual([
      { level: 'warn', text: 'Incident: Disk swap' },
      { level: 'unknown', text: expect.stringContaining('KUMA_URL') },
    ]);
  });

  it.each(FAULTS)('of a Kuma that %s fails with one sentence that names KUMA_URL', async (_, faulty, code) => {
    for (const path of [PAGE, HEARTBEAT]) {
      const stop = new AbortController();
      const server = await serve({ ...PAGE_ROUTES, [PAGE]: json({ publicGroupList: [] }), [path]: faulty(stop) });
      const failure = { code, message: expect.stringContaining('KUMA_URL') };
      await expect(run(withPage(server.url), [], stop.signal), path).rejects.toMatchObject(failure);
    }
  });
});

describe('the configuration of /kuma', () => {
  it.each([
    ['no key and no page', {}, 'KUMA_API_KEY'],
    ['a page that is an address', { KUMA_STATUS_PAGE: 'https://a/status/home' }, 'KUMA_STATUS_PAGE'],
    ['an address with a password', { KUMA_API_KEY: KEY, KUMA_URL: 'http://a:b@c' }, 'KUMA_URL'],
    ['a fingerprint that is none', { KUMA_API_KEY: KEY, KUMA_FINGERPRINT: 'AB:CD' }, 'KUMA_FINGERPRINT'],
    ['no address', { KUMA_API_KEY: KEY, KUMA_URL: 'kuma.home' }, 'KUMA_URL'],
  ])('with %s is refused by its name', (_, values, variable) => {
    const { error } = kuma.config.safeParse({ KUMA_URL: 'http://a', ...values });
    expect(error?.issues.map(({ path }) => path.join())).toEqual([variable]);
  });
});
