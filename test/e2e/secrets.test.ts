import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ANN } from '@signalbox/simulator';
import type { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { BYPASS } from '../support/directives.ts';
import { useWorld } from '../support/use-world.ts';

const KEY = 'sentinel-anthropic-key';
const PASSWORD = 'sentinel-dashboard-password';
const HOMELAB = 'sentinel-homelab-token';
const PLUGIN = fileURLToPath(new URL('../../libs/homelab/examples/ntfy.mjs', import.meta.url));

let secrets: Record<string, string>;
const env = {
  ...{ DASHBOARD_PASSWORD: PASSWORD, DASHBOARD_PORT: '0', LOG_LEVEL: 'trace' },
  ...{ HOMELAB_PLUGINS: PLUGIN, NTFY_TOKEN: HOMELAB, ...BYPASS },
};
const world = useWorld({ apps: [], env }, async () => {
  const [, token = ''] = world.simulator.botToken.split(':');
  secrets = { token, key: KEY, password: PASSWORD, homelab: HOMELAB };
  await world.startAll(['bot', 'worker', 'dashboard'], { NTFY_URL: `${world.simulator.url}/${HOMELAB}` });
  await world.newSession('web');
});

/** The names of the secrets that stand in a text. */
function leaks(text: string): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []));
}

/** Reads in one step: between two commands, a running bot or worker may remove a key or make it one of another type. */
const DUMP = `
  local read = {
    string = {'get'}, hash = {'hgetall'}, set = {'smembers'}, list = {'lrange', 0, -1}, zset = {'zrange', 0, -1}, stream = {'xrange', '-', '+'},
  }
  local found = {}
  for _, key in ipairs(redis.call('keys', '*')) do
    local command = read[redis.call('type', key).ok]
    found[#found + 1] = {key, redis.call(command[1], key, unpack(command, 2))}
  end
  return found`;

/** Everything in Redis as one text: all keys and all values of every type. */
async function dumpRedis(redis: Redis): Promise<string> {
  return JSON.stringify(await redis.eval(DUMP, 0));
}

/** What is in all files below a directory. Claude's own transcripts are left out: under whatever name they hold what Claude's tools have printed. */
async function filesBelow(dir: string): Promise<string> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const isOurs = (entry: Dirent) => entry.isFile() && basename(entry.parentPath) !== 'history';
  const files = entries.filter(isOurs).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}

describe('secrets', () => {
  it('reach neither Claude’s environment nor its tools, and Claude’s own key is not shown', async () => {
    const shown = await world.ask('[[tool Bash {"command":"env"}]][[results]]', /SIGNALBOX_SESSION/);
    const document = shown.file ? Buffer.from(world.telegram.fileData(shown.file.fileId)).toString() : shown.text;
    expect(leaks(document)).toEqual([]);
    expect(document).not.toMatch(/REDIS_URL|TELEGRAM_|DASHBOARD_|NTFY_|HOMELAB_/);
  });

  it('stand in no log, no Redis key, no state file and no page, also when everything fails', async () => {
    world.telegram.faults.add({ method: 'getUpdates', effect: 'cutBefore', times: 2 });
    world.telegram.faults.add({ method: 'sendMessage', effect: 'cutAfter' });
    world.telegram.faults.add({
      method: 'sendMessage',
      effect: { error: { code: 500, description: 'Internal Server Error' } },
      skip: 1,
    });
    await world.ask('[[error 403]]', /⚠️/);
    await world.ask('/ntfy', /^🔴 ntfy/);
    await world.ask('/status', /Status/);
    await world.ask('/new a/b', /can't be a name/);
    await world.ask('[[say over]]', /over/);
    const queues = await world.openQueues();
    const redis = await dumpRedis(queues.redis as Redis);
    await queues.close();
    const dashboard = world.apps[2]?.output() ?? '';
    const [, url = ''] = /(http:\/\/[\d.]+:\d+)/.exec(dashboard) ?? [];
    const pages = await Promise.all(
      ['/', '/queues/', '/queues/api/queues', '/healthz', '/nothing'].map(async (path) => {
        const headers = { authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}` };
        return (await fetch(url + path, { headers })).text();
      }),
    );
    const chats = JSON.stringify(world.texts(ANN.id));
    expect({
      logs: leaks(world.apps.map((app) => app.output()).join('\n')),
      redis: leaks(redis),
      sessions: leaks(await filesBelow(join(world.dir, 'sessions'))),
      pages: leaks(pages.join('\n')),
      chats: leaks(chats),
    }).toEqual({ logs: [], redis: [], sessions: [], pages: [], chats: [] });
    expect(redis).toContain('session-web'); // the dump did hold what it should
    expect(pages.join()).toContain('session-web');
  });
});
