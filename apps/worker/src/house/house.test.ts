import { CONTRACT_VERSION, type Reply, type WorkerCard } from '@signalbox/contracts';
import { configure, defineIntegration, HomelabError, type Integration, type Report } from '@signalbox/homelab';
import { ParkJob } from '@signalbox/queues';
import { ConfigurationError } from '@signalbox/service';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestLog, held, origin, taken, useTestQueues } from '../../testing/world.ts';
import { composeChats, composeStatus } from '../start/compose-chats.ts';
import { type House, integrationCards, openHouse } from './open-house.ts';

const queues = await useTestQueues();

const well = (title: string): Report => ({ level: 'ok', title, lines: [{ text: 'one' }, { text: 'two' }] });

function integration(name: string, run: Integration['run']): Integration {
  return defineIntegration({
    name,
    usage: `/${name}`,
    description: `How ${name} is`,
    variables: { [`${name.toUpperCase()}_KEY`]: { expected: 'a key', meaning: 'Its key.', secret: true } },
    config: z.object({}),
    timeoutMs: 300,
    run,
    summary: ({ title }) => title,
    check: async () => undefined,
  });
}

/** A house of integrations of which the named ones are configured. */
function houseOf(all: readonly Integration[], configured: readonly string[]): House {
  const integrations = all.map((each) => {
    const env = configured.includes(each.name) ? { [`${each.name.toUpperCase()}_KEY`]: 'set' } : {};
    const made = configure(each, env);
    if (made.state === 'invalid') throw new Error(made.problems.join());
    return made;
  });
  return { integrations, find: (name) => integrations.find((each) => each.integration.name === name) };
}

const lamp = integration('lamp', async (_context, args) => well(`lamp ${args.join(' ')}`.trim()));
const door = integration('door', async () => {
  throw new HomelabError('unreachable', 'DOOR_URL does not answer.');
});
const slow = integration('slow', () => new Promise(() => undefined));

const ask = (name: string, args: string[] = []) => ({ version: CONTRACT_VERSION, kind: 'homelab', name, args, origin });
const status = { version: CONTRACT_VERSION, kind: 'status', origin };

/** Has a chat's job done by a worker with that house, and resolves to the replies. */
async function serve(data: object, house: House, addedAt = Date.now()): Promise<Reply[]> {
  const lease = await held(queues, 'chat-7');
  const needs = { addJob: queues.addJob, pool: 'default', log: createTestLog().log };
  const signal = new AbortController().signal;
  await composeChats(composeStatus(queues, house, 'default'), queues, needs).handle(
    'chat-7',
    { ...taken('u-1-9', data), addedAt },
    { lease, signal, wake() {} },
  );
  return (await queues.bull.queue('reply-7').getWaiting()).map((job) => job.data as Reply);
}

const card = (id: string, house: House, more: Partial<WorkerCard> = {}): WorkerCard => ({
  ...{ id, pool: 'default', host: 'nas', pid: 1, startedAt: 0, seenAt: Date.now(), claude: '2.1.329' },
  ...{ permissionMode: 'default', modelIsSimulated: false, integrations: integrationCards(house), ...more },
});

describe('a command of an integration', () => {
  it('is answered with its report, and its words are passed on', async () => {
    const [reply] = await serve(ask('lamp', ['hall', 'left']), houseOf([lamp], ['lamp']));
    expect(reply).toMatchObject({ kind: 'report', report: well('lamp hall left') });
  });

  it('that fails is answered with why', async () => {
    const [reply] = await serve(ask('door'), houseOf([door], ['door']));
    expect(reply).toMatchObject({ report: { level: 'error', lines: [{ text: 'DOOR_URL does not answer.' }] } });
  });

  it('that no worker has configured says what to set', async () => {
    const [reply] = await serve(ask('lamp'), houseOf([lamp], []));
    expect(reply).toMatchObject({ report: { level: 'unknown', lines: [{ text: 'Not configured. Set LAMP_KEY.' }] } });
  });

  it('that no worker has any longer says so', async () => {
    const [reply] = await serve(ask('gone'), houseOf([], []));
    expect(reply).toMatchObject({ report: { lines: [{ text: 'No worker of pool default has /gone.' }] } });
  });

  it('is left to another worker of the pool that has it configured, and to none of another pool', async () => {
    const mine = houseOf([lamp], []);
    const other = houseOf([lamp], ['lamp']);
    await queues.workforce.report(card('far', other, { pool: 'attic' }), []);
    expect(await serve(ask('lamp'), mine)).toHaveLength(1);
    await queues.redis.flushall();
    await queues.workforce.report(card('near', other), []);
    await expect(serve(ask('lamp'), mine)).rejects.toThrow(ParkJob);
  });

  it('that waited for more than a minute expires, and nothing is asked', async () => {
    let asked = 0;
    const counting = integration('lamp', async () => {
      asked += 1;
      return well('lamp');
    });
    const [reply] = await serve(ask('lamp'), houseOf([counting], ['lamp']), Date.now() - 60_500);
    expect(reply).toMatchObject({ kind: 'text', text: expect.stringMatching(/^⌛ \/lamp expired/) });
    expect(asked).toBe(0);
  });
});

describe('/status', () => {
  it('shows each configured integration in a line, also when one fails and one hangs, and how Signalbox is', async () => {
    const house = houseOf(
      [lamp, door, slow, integration('attic', async () => well('attic'))],
      ['lamp', 'door', 'slow'],
    );
    await queues.workforce.report(card(queues.owner, house), []);
    const [reply] = await serve(status, house);
    expect(reply).toMatchObject({ kind: 'report', report: { level: 'error', title: 'Status' } });
    const { lines } = (reply as Extract<Reply, { kind: 'report' }>).report;
    expect(lines.map(({ level, text }) => `${level} ${text.replace(/Redis \S+ ms/, 'Redis … ms')}`)).toEqual([
      'ok lamp',
      'error door: DOOR_URL does not answer.',
      'error slow: No answer within 0.3 s.',
      'ok 1 worker in pool default',
      'ok 0 sessions, 0 running · 0 waiting',
      'ok Redis … ms · Claude Code 2.1.329',
    ]);
    const buttons = (reply as { rows?: { label: string; act: object }[][] }).rows;
    expect(buttons?.flat()).toEqual(
      ['lamp', 'door', 'slow'].map((name) => ({ label: `/${name}`, act: { do: 'command', text: `/${name}` } })),
    );
  });

  it('has a few lines for Proxmox, and this host in its place where there is none', async () => {
    const both = [integration('pve', async () => well('Proxmox')), integration('host', async () => well('This host'))];
    const texts = async (house: House) => {
      const replies = await serve(status, house);
      await queues.redis.flushall();
      return (replies[0] as Extract<Reply, { kind: 'report' }>).report.lines.map(({ text }) => text).slice(0, 3);
    };
    expect(await texts(houseOf(both, ['pve', 'host']))).toEqual(['Proxmox', 'one', 'two']);
    expect(await texts(houseOf(both, ['host']))).toEqual(['This host', 'one', 'two']);
  });

  it('says which pool has no worker, what waits and since when, and who may do everything unasked', async () => {
    const house = houseOf([], []);
    await queues.workforce.report(card(queues.owner, house, { permissionMode: 'bypassPermissions' }), []);
    for (const [name, pool] of [
      ['web', 'default'],
      ['nas-fix', 'attic'],
    ] as const)
      await queues.routing.claim({ name, pool, persona: 'default', claimedBy: name, createdAt: 1 });
    const timestamp = Date.now() - 20 * 60_000;
    await queues.bull.queue('session-nas-fix').add('message', {}, { jobId: 'u-1-1', timestamp });
    await queues.addJob({ name: 'session-web', group: 'session.default' }, { id: 'u-1-2', name: 'message', data: {} });
    const [reply] = await serve(status, house);
    const { level, lines } = (reply as Extract<Reply, { kind: 'report' }>).report;
    expect(level).toBe('error');
    expect(lines.map((line) => `${line.level} ${line.text}`)).toEqual([
      'ok 1 worker in pool default',
      'error pool attic: no worker is alive',
      'warn 2 sessions, 0 running · 2 waiting, oldest 20 min',
      expect.stringMatching(/^ok Redis/),
      'warn ⚠️ bypassPermissions on nas',
    ]);
  });

  it('is left to the worker that is configured for more of the house; of several each names what the others have', async () => {
    const all = [lamp, door];
    await queues.workforce.report(card('other', houseOf(all, ['lamp'])), []);
    const [reply] = await serve(status, houseOf(all, ['door']));
    expect(reply).toMatchObject({
      report: { lines: expect.arrayContaining([{ text: '/lamp is configured on another worker' }]) },
      rows: [[{ label: '/door' }, { label: '/lamp' }]],
    });
    await queues.redis.flushall();
    await queues.workforce.report(card('other', houseOf(all, ['lamp', 'door'])), []);
    await expect(serve(status, houseOf(all, ['door']))).rejects.toThrow(ParkJob);
  });
});

describe('the house', () => {
  const dir = process.cwd();
  const warned: string[] = [];
  const log = { warn: (sentence: string) => void warned.push(sentence) } as never;

  it('opens with what is configured, and hides the secrets', async () => {
    const hidden: string[] = [];
    const hide = (secrets: readonly string[]) => void hidden.push(...secrets);
    const house = await openHouse({ KUMA_URL: 'http://kuma.home', KUMA_API_KEY: 'hunter2' }, { dir, hide, log });
    expect(hidden).toEqual(['hunter2']);
    const ready = integrationCards(house).filter(({ configured }) => configured);
    expect(ready.map(({ name }) => name)).toEqual(['kuma', 'host']);
  });

  it('does not open with wrong values: each is listed once, without a secret', async () => {
    const env = {
      PBS_URL: 'nas',
      PBS_TOKEN_ID: 'x',
      PBS_TOKEN_SECRET: 'hunter2',
      HOMELAB_PLUGINS: './none.mjs',
      HOMELAB_WATCH: 'kuma',
      KUMA_API_KY: 'hunter2',
    };
    const error = await openHouse(env, { dir, hide: () => undefined, log }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    const { message } = error as ConfigurationError;
    expect(message.match(/PBS_URL: expected/g)).toHaveLength(1);
    expect(message).toMatch(/HOMELAB_PLUGINS: "\.\/none\.mjs" cannot be used/);
    expect(message).toMatch(/HOMELAB_WATCH: expected .*, got "kuma"/);
    expect(message).toMatch(/HOMELAB_WATCH_CHAT: expected/);
    expect(warned).toEqual([expect.stringMatching(/^KUMA_API_KY is set, .* KUMA_API_KEY\?$/)]);
    expect(message).not.toContain('hunter2');
  });
});
