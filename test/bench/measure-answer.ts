import { randomUUID } from 'node:crypto';
import { ANN } from '@signalbox/simulator';
import type { Cleanup } from '../support/cleanup.ts';
import { atRest, type BenchWorld, makeSession, openBenchWorld, whenShown } from './bench-world.ts';
import { interleave } from './interleave.ts';
import { askOnce, commandLineLike, RawClaude } from './raw-claude.ts';
import { comparison, type Row } from './row.ts';

const GOAL = 1.25;
const SESSION = 'answer';
/** How long the slower simulated model thinks, in ms. */
const THINKING_MS = 1_000;

/** How long a person waits for the answer in a warm session, against the same prompt on a warm CLI with nothing around it. */
export async function measureAnswer(cleanup: Cleanup, pairs: number): Promise<Row[]> {
  const bench = await openBenchWorld(cleanup);
  await makeSession(bench, SESSION);
  const commandLine = await commandLineLike(bench.world, SESSION);
  const raw = await RawClaude.start(commandLine, cleanup);
  const few = Math.max(3, Math.round(pairs / 6));

  const quick = await interleave(pairs, {
    signalbox: (round) => timeAnswer(bench, '', `quick ${round}`),
    raw: (round) => raw.ask(`[[say quick ${round}]]`),
  });
  const think = `[[wait ${THINKING_MS}]]`;
  const slow = await interleave(few, {
    signalbox: (round) => timeAnswer(bench, think, `slow ${round}`),
    raw: (round) => raw.ask(`${think}[[say slow ${round}]]`),
  });
  const conversation = { id: randomUUID(), isNew: true };
  const once = await interleave(few, {
    async once(round) {
      const took = await askOnce(commandLine, conversation, `[[say once ${round}]]`, cleanup);
      conversation.isNew = false;
      return took;
    },
    raw: (round) => raw.ask(`[[say once ${round}]]`),
  });
  const against = 'the same prompt on a raw warm `claude`';
  return [
    comparison({
      what: 'update in → final answer shown, warm session',
      ours: quick.signalbox,
      baseline: quick.raw,
      against,
      by: 'ratio',
      atMost: GOAL,
    }),
    comparison({
      what: `update in → final answer shown, with a model that thinks for ${THINKING_MS / 1_000} s`,
      ours: slow.signalbox,
      baseline: slow.raw,
      against,
      by: 'ratio',
    }),
    comparison({
      what: 'a process per message: `claude -p --resume`, with no bot around it',
      ours: once.once,
      baseline: once.raw,
      against,
      by: 'ratio',
    }),
  ];
}

async function timeAnswer(bench: BenchWorld, before: string, answer: string): Promise<number> {
  const { telegram } = bench.world;
  const shown = whenShown(telegram, answer);
  const start = performance.now();
  telegram.say({ from: ANN.id, text: `${before}[[say ${answer}]]` });
  const took = (await shown) - start;
  await atRest(bench, SESSION);
  return took;
}
