import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findClaude } from '@signalbox/claude';
import { CONTRACT_VERSION, type MessageJob, messageUuid, sessionQueue } from '@signalbox/contracts';
import { ANN } from '@signalbox/simulator';
import type { Cleanup } from '../support/cleanup.ts';
import { atRest, type BenchWorld, makeSession, openBenchWorld, POOL, whenShown } from './bench-world.ts';
import { interleave } from './interleave.ts';
import { comparison, type Row } from './row.ts';

const GOAL = 5;
const SESSION = 'stdin';
/** Written to and taken away: it is none of those that the schema knows. */
const OWN_KEY = 'signalbox:bench';

/** How long a job takes from being added to Claude's stdin, against a PING of the same Redis on the same kind of connection. */
export async function measureStdin(cleanup: Cleanup, pairs: number): Promise<Row[]> {
  const stamps = await makeStampingClaude(cleanup);
  const bench = await openBenchWorld(cleanup, { env: { CLAUDE_BIN: stamps.program } });
  await makeSession(bench, SESSION);
  const { redis } = bench.queues;
  const addings: number[] = [];
  const { toStdin, ping, hotPing, write } = await interleave(pairs, {
    async toStdin(round) {
      const { reached, added } = await timeJob(bench, stamps.log, round);
      if (round >= 0) addings.push(added);
      return reached;
    },
    ping: () => time(() => redis.ping()),
    async hotPing() {
      for (let before = 0; before < 10; before += 1) await redis.ping();
      return time(() => redis.ping());
    },
    write: () => time(() => redis.set(OWN_KEY, '1')),
  });
  await redis.del(OWN_KEY);
  const against = 'Redis PING';
  return [
    comparison({
      what: 'job added → message on Claude’s stdin',
      ours: toStdin,
      baseline: ping,
      against,
      by: 'ratio',
      atMost: GOAL,
    }),
    comparison({
      what: 'a job’s adding alone, until Redis has acknowledged all of it',
      ours: addings,
      baseline: ping,
      against,
      by: 'ratio',
    }),
    comparison({
      what: 'a PING right after ten others, when nothing has to be woken up',
      ours: hotPing,
      baseline: ping,
      against,
      by: 'ratio',
    }),
    comparison({
      what: 'one write that Redis has on disk before it answers (SET)',
      ours: write,
      baseline: ping,
      against,
      by: 'ratio',
    }),
  ];
}

/** Adds a message job, waits for its answer, and gives the times from before the adding, in ms. */
async function timeJob(bench: BenchWorld, log: string, round: number): Promise<{ reached: number; added: number }> {
  const id = `bench-${round}`;
  const answer = `stdin ${round}`;
  const shown = whenShown(bench.world.telegram, answer);
  const data = messageJob(`[[say ${answer}]]`);
  const start = process.hrtime.bigint();
  await bench.queues.addJob(sessionQueue(SESSION, POOL), { id, name: data.kind, data });
  const added = millisecondsBetween(start, process.hrtime.bigint());
  await shown;
  await atRest(bench, SESSION);
  return { reached: millisecondsBetween(start, await readStamp(log, messageUuid(id))), added };
}

function messageJob(text: string): MessageJob {
  const origin = { place: { chatId: ANN.id }, messageId: 1, userId: ANN.id, userName: 'Ann', sentAt: Date.now() };
  return { version: CONTRACT_VERSION, kind: 'message', session: SESSION, origin, text };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return millisecondsBetween(start, process.hrtime.bigint());
}

function millisecondsBetween(start: bigint, end: bigint): number {
  return Number(end - start) / 1e6;
}

/** When a message arrived, by the clock of `process.hrtime`. */
async function readStamp(log: string, uuid: string): Promise<bigint> {
  const stamps = [...(await readFile(log, 'utf8')).matchAll(/^(\S+) (\d+)$/gm)];
  const stamp = stamps.find(([, of]) => of === uuid)?.[2];
  if (stamp === undefined) throw new Error(`Message ${uuid} was answered and never seen on stdin.`);
  return BigInt(stamp);
}

/** A program for CLAUDE_BIN that notes when messages arrive, before the real CLI has them. */
async function makeStampingClaude(cleanup: Cleanup): Promise<{ program: string; log: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'signalbox-bench-'));
  cleanup.add(() => rm(dir, { recursive: true, force: true }));
  const { path } = await findClaude({ path: process.env.PATH ?? '' });
  const fixture = fileURLToPath(new URL('fixtures/stamp-stdin.mjs', import.meta.url));
  const program = join(dir, 'claude.mjs');
  const log = join(dir, 'stamps');
  const lines = [
    `#!${process.execPath}`,
    `import { stampStdin } from ${JSON.stringify(fixture)};`,
    `stampStdin(${JSON.stringify({ program: path, log })});`,
  ];
  await writeFile(program, `${lines.join('\n')}\n`, { mode: 0o700 });
  return { program, log };
}
