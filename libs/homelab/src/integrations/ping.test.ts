import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { readFixture } from '../../testing/serve-fixtures.ts';
import { probe } from '../ping/probe.ts';
import { createPing } from './ping.ts';

const ping = createPing();
const outputs = JSON.parse(readFixture('ping-outputs.json'));
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A directory with a `ping` that notes its arguments and environment and then does what `script` says. */
async function pingThat(script: string) {
  const directory = await mkdtemp(join(tmpdir(), 'ping-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const note = `printf '%s\\n' "$*" >> ${directory}/args\nexport -p > ${directory}/environment\n`;
  await writeFile(join(directory, 'ping'), `#!/bin/sh\n${note}${script}\n`, { mode: 0o755 });
  const lines = async (file: string) => (await readFile(join(directory, file), 'utf8')).trim().split('\n');
  return { directory, lines };
}

function pingThatSays(name: string) {
  const { rc, stdout, stderr } = outputs[name];
  return pingThat(`printf %s ${quote(stdout)}\nprintf %s ${quote(stderr)} >&2\nexit ${rc}`);
}

/** A port of loopback that is open, or was a moment ago. */
async function port(open: boolean): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  const close = () => new Promise((done) => server.close(done));
  if (open) onTestFinished(async () => void (await close()));
  else await close();
  return port;
}

function run(hosts: string, searchPath: string, args: readonly string[] = [], signal = new AbortController().signal) {
  const integration = createPing(searchPath);
  return integration.run(contextFor(integration, { PING_HOSTS: hosts }, { signal }), args);
}

describe('/ping', () => {
  it('asks this machine with what it has', async () => {
    const report = await ping.run(contextFor(ping, { PING_HOSTS: `me=127.0.0.1:${await port(true)}` }), []);
    expect(report).toMatchObject({ level: 'ok', title: 'Ping: 1 alive', lines: [] });
    expect(report.table?.rows).toEqual([
      ['me', expect.stringMatching(/^\d+\.\d$/), expect.stringMatching(/^(icmp|tcp\/\d+)$/)],
    ]);
    await ping.check(contextFor(ping, { PING_HOSTS: 'me=127.0.0.1' }));
  });

  it('runs ping without a shell, in English, with nothing of our environment', async () => {
    const { directory, lines } = await pingThatSays('ok');
    expect((await run('nas=10.5.0.20', directory)).table?.rows).toEqual([['nas', '0.2', 'icmp']]);
    expect(await lines('args')).toEqual(['-n -c 3 -i 0.2 -w 4 -- 10.5.0.20']);
    const names = (await lines('environment')).flatMap((line) => /^export (\w+)/.exec(line)?.[1] ?? []);
    expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(['LC_ALL', 'PATH']);
  });

  it.each([
    ['allLost', 'error', 'Ping: 1 silent', 'nas does not answer (icmp)'],
    ['unknownHost', 'unknown', 'Ping: 1 not known', 'nas: Name or service not known'],
  ])('when ping says %s, is of the level %s', async (name, level, title, text) => {
    const { directory } = await pingThatSays(name);
    expect(await run('nas=10.5.0.20', directory)).toEqual({ level, title, lines: [{ level, text, about: 'nas' }] });
  });

  it('warns of packets that are lost', async () => {
    const { directory } = await pingThat(`printf '3 packets transmitted, 1 received, 66%% packet loss'`);
    expect(await run('nas=10.5.0.20', directory)).toMatchObject({
      level: 'warn',
      lines: [{ level: 'warn', text: 'nas loses 67 % of packets' }],
      table: { rows: [['nas', '–', 'icmp']] },
    });
  });

  it.each([
    ['not installed', () => pingThat('').then(({ directory }) => rm(join(directory, 'ping')).then(() => directory))],
    ['not allowed', () => pingThatSays('noCapability').then(({ directory }) => directory)],
  ])('where ping is %s asks the named port alone, which must be open', async (_, searchPath) => {
    const [open, closed] = [await port(true), await port(false)];
    const report = await run(`a=127.0.0.1:${open},b=127.0.0.1:${closed}`, await searchPath());
    expect(report).toMatchObject({ level: 'error', title: 'Ping: 1 without its port, 1 alive' });
    expect(report.lines.map(({ text }) => text)).toEqual([`b refuses connections at port ${closed}`]);
    expect(report.table?.rows.map(([name, , by]) => [name, by])).toEqual([['a', `tcp/${open}`]]);
  });

  it('asks a named port also where ping works, and says which port is refused', async () => {
    const { directory } = await pingThatSays('ok');
    const [open, closed] = [await port(true), await port(false)];
    const report = await run(`a=127.0.0.1:${open},b=127.0.0.1:${closed},c=127.0.0.1`, directory);
    expect(report).toMatchObject({
      level: 'error',
      title: 'Ping: 1 without its port, 2 alive',
      lines: [{ level: 'error', text: `b refuses connections at port ${closed}`, about: `b port ${closed}` }],
    });
    expect(report.table?.rows).toEqual([
      ['a', '0.2', `icmp, tcp/${open}`],
      ['c', '0.2', 'icmp'],
    ]);
  });

  it('of a name that nobody knows says so', async () => {
    // A name that no resolver takes, so that none is asked.
    const host = { name: 'a', address: `${'a'.repeat(64)}.invalid`, port: 1 };
    const answer = await probe(host, '/nowhere', new AbortController().signal);
    expect(answer).toEqual({ kind: 'unknown', why: 'Name or service not known' });
  });

  it('with a name asks that host alone; a name that is not in PING_HOSTS asks none', async () => {
    const { directory, lines } = await pingThatSays('ok');
    const hosts = 'nas=10.5.0.20,npm=10.5.0.1';
    expect(await run(hosts, directory, ['10.5.0.99;id'])).toEqual({
      level: 'unknown',
      title: 'Ping: no such name in PING_HOSTS',
      lines: [{ level: 'unknown', text: 'There are: nas, npm' }],
    });
    await run(hosts, directory, ['NPM']);
    expect(await lines('args')).toEqual([expect.stringMatching(/ -- 10\.5\.0\.1$/)]);
  });

  it('shows the silent ones first', async () => {
    const { ok, allLost } = outputs;
    const { directory } = await pingThat(
      `case "$*" in *.9) printf %s ${quote(allLost.stdout)}; exit 1;; esac; printf %s ${quote(ok.stdout)}`,
    );
    expect(await run('a=10.0.0.1,b=10.0.0.9', directory)).toMatchObject({
      level: 'error',
      title: 'Ping: 1 silent, 1 alive',
      lines: [{ level: 'error', text: 'b does not answer (icmp)' }],
      table: { rows: [['a', '0.2', 'icmp']] },
    });
  });

  it('that is no longer wanted ends the pings, and calls nobody silent', async () => {
    const { directory, lines } = await pingThat('exec /bin/sleep 60');
    const stop = new AbortController();
    const report = run('a=10.0.0.1', directory, [], stop.signal);
    await expect.poll(() => lines('args').catch(() => [])).toHaveLength(1);
    stop.abort();
    expect(await report).toEqual({
      level: 'unknown',
      title: 'Ping: 1 not known',
      lines: [{ level: 'unknown', text: 'a: no time left to ask it', about: 'a' }],
    });
  });

  it('gives up a ping that does not end, as one that looks up a name', async () => {
    const { directory } = await pingThat('exec /bin/sleep 60');
    const host = { name: 'a', address: '127.0.0.1' };
    const answer = await probe(host, directory, new AbortController().signal, 100);
    expect(answer).toEqual({ kind: 'silent', via: 'icmp' });
  });

  it('asks no more hosts when its time is nearly over', async () => {
    const { directory, lines } = await pingThatSays('ok');
    const integration = createPing(directory);
    let now = 0;
    const values = { PING_HOSTS: 'a=10.0.0.1,b=10.0.0.2,c=10.0.0.3,d=10.0.0.4,e=10.0.0.5' };
    // Every look at the clock finds it 4 s later: the first is when the command begins.
    const context = { ...contextFor(integration, values), now: () => (now += 4_000) };
    const report = await integration.run(context, []);
    expect(report.title).toBe('Ping: 2 not known, 3 alive');
    expect(report.lines).toEqual([
      { level: 'unknown', text: 'd: no time left to ask it', about: 'd' },
      { level: 'unknown', text: 'e: no time left to ask it', about: 'e' },
    ]);
    expect(await lines('args')).toHaveLength(3);
  });

  it('refuses a PING_HOSTS that is none, and names the variable', () => {
    const { error } = ping.config.safeParse({ PING_HOSTS: 'nas=-f' });
    expect(error?.issues).toMatchObject([{ path: ['PING_HOSTS'], message: expect.stringContaining('“nas=-f”') }]);
  });
});
