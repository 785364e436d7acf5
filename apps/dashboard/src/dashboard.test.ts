import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type QueueRef, sessionQueue } from '@signalbox/contracts';
import { openQueues, type Queues } from '@signalbox/queues';
import {
  ConfigurationError,
  createLog,
  createRedactor,
  FatalError,
  type PrivateRedis,
  type RawEnvironment,
  type Service,
  startPrivateRedis,
} from '@signalbox/service';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startDashboard } from './start-dashboard.ts';

const PASSWORD = 'correct horse: battery';
const SECRET = 'sentinel-0123456789';
const dir = mkdtempSync(join(tmpdir(), 'signalbox-dashboard-'));
const silent = { info: () => {}, warn: () => {}, error: () => {} };

let redis: PrivateRedis;
let queues: Queues;
let dashboard: Awaited<ReturnType<typeof start>>;

/** Starts a dashboard on a free port and collects what it prints and logs. */
async function start(settings: RawEnvironment = {}) {
  const printed: string[] = [];
  const logged: string[] = [];
  const env = { REDIS_URL: redis.url, DASHBOARD_PORT: '0', ...settings };
  const redact = createRedactor([SECRET]);
  const log = createLog({ name: 'dashboard', level: 'info', redact, sink: { write: (line) => logged.push(line) } });
  const context = { env, log, redact, redactBeginning: redact, hide: () => undefined, fail: () => {} };
  const service: Service = await startDashboard(context, (line) => printed.push(line));
  const port = Number(/Dashboard at http:\/\/[^"]*:(\d+)/.exec(logged.join(''))?.[1]);
  return { ...service, port, printed, logged };
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

const basic = (password: string, user = 'admin') => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Asks over real HTTP; the password is given unless `headers` say otherwise. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  port = dashboard.port,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = { authorization: basic(PASSWORD), ...headers };
    const req = request({ host: '127.0.0.1', port, path, method, headers: all }, (res) => {
      let body = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => {
        body += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
    });
    req.on('error', reject).end();
  });
}

const add = (queue: QueueRef, id: string, data: object) => queues.addJob(queue, { id, name: 'message', data });

/** The board's list, once it has these queues: it is kept for 1 s. */
async function board(expected: string[], activeQueue = ''): Promise<string> {
  const read = async () => (await boardNow(activeQueue)).names.sort();
  await expect.poll(read, { timeout: 5_000 }).toEqual(expected);
  return (await boardNow(activeQueue)).text;
}

async function boardNow(activeQueue: string): Promise<{ text: string; names: string[] }> {
  const { body } = await ask(`/queues/api/queues?activeQueue=${activeQueue}&page=1&jobsPerPage=10`);
  return { text: body, names: JSON.parse(body).queues.map((queue: { name: string }) => queue.name) };
}

const now = Date.now();
const worker = {
  id: 'w1',
  pool: 'default',
  host: 'nas<script>',
  pid: 42,
  startedAt: now - 3 * 60_000,
  seenAt: now,
  claude: '2.1.329',
  permissionMode: 'default',
  modelIsSimulated: false,
};

beforeAll(async () => {
  redis = await startPrivateRedis({ dir, durable: false });
  queues = await openQueues(redis.url, { app: 'test', log: silent });
  dashboard = await start({ DASHBOARD_PASSWORD: PASSWORD });
});

afterAll(async () => {
  await dashboard.stop();
  await queues.close();
  await redis.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe('who may look', () => {
  it.each([
    ['nothing', ''],
    ['another password', basic('wrong')],
    ['another user', basic(PASSWORD, 'root')],
    ['something that is no credentials', 'Basic !!!'],
    ['another scheme', `Bearer ${PASSWORD}`],
  ])('is asked for the password when given %s', async (_what, authorization) => {
    for (const path of ['/', '/queues', '/queues/api/queues', '/queues/static/x.js', '/nothing']) {
      const { status, headers } = await ask(path, { authorization });
      expect([path, status]).toEqual([path, 401]);
      expect(headers['www-authenticate']).toBe('Basic realm="Signalbox", charset="UTF-8"');
    }
  });

  it('gets the pages with the password, under the names of this machine', async () => {
    for (const host of [`127.0.0.1:${dashboard.port}`, `localhost:${dashboard.port}`, '[::1]:1']) {
      expect((await ask('/', { host })).status).toBe(200);
    }
  });

  it.each(['evil.example', '192.168.1.5', 'localhost.evil.example'])('is refused under the name %j', async (host) => {
    expect((await ask('/', { host })).status).toBe(403);
    expect((await ask('/queues/api/queues', { host })).status).toBe(403);
  });

  it('is refused from a page of another origin, the password notwithstanding', async () => {
    const own = `http://127.0.0.1:${dashboard.port}`;
    expect((await ask('/', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask('/', { origin: 'null' })).status).toBe(403);
    expect((await ask('/', { origin: own })).status).toBe(200);
  });

  it('may ask for /healthz without a password', async () => {
    expect(await ask('/healthz', { authorization: '', host: 'probe' })).toMatchObject({ status: 200, body: 'ok\n' });
  });

  it('is told by /readyz, without a password, what keeps messages from being answered', async () => {
    const ready = () => ask('/readyz', { authorization: '', host: 'probe' });
    expect(await ready()).toMatchObject({ status: 503, body: 'No bot takes messages.\nNo worker is running.\n' });
    await queues.workforce.report(worker, []);
    await queues.telegramState.say({ trouble: 'conflict', since: Date.now() - 125_000 });
    expect(await ready()).toMatchObject({
      status: 503,
      body: 'Telegram: another program polls it with the same bot token, for 2 min.\n',
    });
    await queues.telegramState.say({ since: now });
    expect(await ready()).toMatchObject({ status: 200, body: 'ok\n' });
    await queues.workforce.leave(worker.id);
  });

  it('can change nothing', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect((await ask('/queues/api/queues/pause', {}, method)).status).toBe(405);
    }
  });

  it('is told by headers to be careful, whatever the answer', async () => {
    const answers = [await ask('/'), await ask('/queues'), await ask('/x'), await ask('/', { host: 'evil.example' })];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self';"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
      });
    }
  });
});

describe('Bull Board', () => {
  it('comes with its files', async () => {
    const page = await ask('/queues');
    expect(page.body).toContain('<base href="/queues/"');
    const script = /src="(static\/js\/main[^"]+)"/.exec(page.body)?.[1];
    const { status, headers } = await ask(`/queues/${script}`);
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('javascript')]);
  });

  it('shows queues as they come and go, read-only and without anybody’s text', async () => {
    const text = 'what Ann wrote';
    await add(sessionQueue('web', 'default'), 'u-1-1', { kind: 'message', session: 'web', text });
    const shown = await board(['session-web'], 'session-web');
    expect(JSON.parse(shown).queues[0]).toMatchObject({
      readOnlyMode: true,
      hasWorkers: null,
      counts: { waiting: 1 },
      jobs: [{ id: 'u-1-1', data: { kind: 'message', session: 'web', text: `(${text.length} characters)` } }],
    });
    expect(shown).not.toContain(text);
    expect((await ask('/queues/api/queues/session-web/u-1-1')).body).not.toContain(text);

    await add(sessionQueue('other', 'default'), 'u-1-2', { kind: 'message' });
    await board(['session-other', 'session-web']);
    await queues.redis.zrem('signalbox:queues', 'session-web');
    await board(['session-other']);
  }, 20_000);
});

describe('the overview', () => {
  const card = { pool: 'default', persona: 'planner', claimedBy: 'u-1-1', createdAt: now - 2 * 86_400_000 };

  it('says what is missing', async () => {
    const { body } = await ask('/');
    expect(body).toContain('no bot');
    expect(body).toContain('No worker is running');
    expect(body).toContain('There is no session yet');
  });

  it('shows bots, workers, sessions and what waits, safely', async () => {
    await queues.workforce.report({ ...worker, claude: `2.1 ${SECRET}` }, []);
    await queues.routing.claim({ ...card, name: 'web' });
    await queues.routing.setActivity('web', { status: 'suspended', lastUsedAt: now - 61_000 });
    await queues.routing.claim({ ...card, name: 'old' });
    await add(sessionQueue('web', 'default'), 'u-1-9', { kind: 'message' });
    await add({ name: 'reply-7', group: 'nobody' }, 'r-1', { kind: 'text' });
    const handler = { handle: async () => undefined, keeps: () => false, leave: async () => {} };
    const bot = await queues.consume('reply', handler);
    onTestFinished(() => bot.stop(0));

    const { body } = await ask('/');
    expect(body).toContain('1 bot</span>');
    expect(body).toContain('1 worker</span>');
    expect(body).toContain('1 replies to show');
    expect(body).toMatch(/<b>web<\/b><span>planner<\/span><span>suspended<\/span>.*?[12] in queue.*?used 1 min ago/);
    expect(body.indexOf('<b>web</b>')).toBeLessThan(body.indexOf('<b>old</b>'));
    expect(body).toContain('nas&lt;script&gt;, process 42');
    expect(body).toContain('up 3 min');
    expect(body).not.toContain('<script');
    expect(body).not.toContain(SECRET);
    expect(body).not.toContain('simulated');
  });

  it('shows how many errors of our own each kind of work has met, if there are some', async () => {
    expect((await ask('/')).body).not.toContain('Errors of our own');
    for (const kind of ['update', 'reply', 'reply']) await queues.bugs.count(kind);
    expect((await ask('/')).body).toContain('Errors of our own: reply 2 · update 1</p>');
  });

  it('says when the model is simulated', async () => {
    await queues.workforce.report({ ...worker, modelIsSimulated: true, seenAt: Date.now() }, []);
    expect((await ask('/')).body).toContain('The model is simulated.');
  });

  it('names bypassPermissions with a warning', async () => {
    await queues.workforce.report({ ...worker, permissionMode: 'bypassPermissions', seenAt: Date.now() }, []);
    expect((await ask('/')).body).toContain('mode ⚠️ bypassPermissions');
  });
});

describe('starting', () => {
  it('makes a password on loopback and prints it, but not into the log', async () => {
    const own = await start();
    onTestFinished(() => own.stop());
    const made = /: (\S{20,}) {2}\(/.exec(own.printed.join('\n'))?.[1] ?? '';
    expect((await ask('/', { authorization: basic(made) }, 'GET', own.port)).status).toBe(200);
    expect((await ask('/', { authorization: basic('') }, 'GET', own.port)).status).toBe(401);
    expect(own.logged.join('')).not.toContain(made);
  });

  it('refuses to be reachable by others without a password', async () => {
    await expect(start({ DASHBOARD_HOST: '0.0.0.0' })).rejects.toThrow(ConfigurationError);
    await expect(start({ DASHBOARD_HOST: '0.0.0.0' })).rejects.toThrow(/DASHBOARD_PASSWORD is not set/);
    const open = await start({ DASHBOARD_HOST: '0.0.0.0', DASHBOARD_PASSWORD: PASSWORD });
    onTestFinished(() => open.stop());
    expect((await ask('/', {}, 'GET', open.port)).status).toBe(200);
    expect((await ask('/', { host: 'evil.example' }, 'GET', open.port)).status).toBe(403);
  });

  it('says so when its port is taken', async () => {
    const taken = start({ DASHBOARD_PASSWORD: PASSWORD, DASHBOARD_PORT: String(dashboard.port) });
    await expect(taken).rejects.toThrow(FatalError);
    await expect(taken).rejects.toThrow(/DASHBOARD_PORT.*is taken/);
  });
});

describe('without Redis', () => {
  it('says so, and works again when Redis is back', async () => {
    const other = mkdtempSync(join(tmpdir(), 'signalbox-dashboard-'));
    let own = await startPrivateRedis({ dir: other, durable: false });
    const away = await start({ REDIS_URL: own.url, DASHBOARD_PASSWORD: PASSWORD });
    onTestFinished(async () => {
      await away.stop();
      await own.stop();
      rmSync(other, { recursive: true, force: true });
    });
    await own.stop();
    const page = await ask('/', {}, 'GET', away.port);
    expect([page.status, page.body]).toEqual([503, expect.stringContaining('Redis')]);
    expect((await ask('/healthz', {}, 'GET', away.port)).status).toBe(200);
    own = await startPrivateRedis({ dir: other, durable: false });
    await expect.poll(async () => (await ask('/', {}, 'GET', away.port)).status, { timeout: 8_000 }).toBe(200);
  }, 20_000);
});
