import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ANN, startSimulator, type TelegramSimulator } from '@signalbox/simulator';
import type { Cleanup } from '../support/cleanup.ts';
import { atRest, makeSession, openBenchWorld, whenChanged, whenShown } from './bench-world.ts';
import { interleave } from './interleave.ts';
import { comparison, type Row } from './row.ts';

const GOAL_MS = 10;
const SESSION = 'sign';

/** How long a person waits for 👀, against a bot that does nothing but show it. */
export async function measureFirstSign(cleanup: Cleanup, pairs: number): Promise<Row[]> {
  const bench = await openBenchWorld(cleanup);
  const bare = await startBareBot(cleanup);
  await makeSession(bench, SESSION);
  const { telegram } = bench.world;
  const { signalbox, bareBot } = await interleave(pairs, {
    async signalbox(round) {
      const answer = `sign ${round}`;
      const answered = whenShown(telegram, answer);
      const took = await timeSign(telegram, `[[say ${answer}]]`);
      await answered;
      await atRest(bench, SESSION);
      return took;
    },
    bareBot: (round) => timeSign(bare, `sign ${round}`),
  });
  return [
    comparison({
      what: 'update in → first visible sign (👀)',
      ours: signalbox,
      baseline: bareBot,
      against: 'a bare bot’s 👀',
      by: 'difference',
      atMost: GOAL_MS,
    }),
  ];
}

/** Says something as Ann, and resolves to how long it took until her message shows 👀, in ms. */
async function timeSign(telegram: TelegramSimulator, text: string): Promise<number> {
  let message: number | undefined;
  const marked = whenChanged(
    telegram,
    '👀',
    (change) => change.kind === 'message' && change.message.id === message && change.message.reactions.length > 0,
  );
  const start = performance.now();
  message = telegram.say({ from: ANN.id, text }).message.id;
  return (await marked) - start;
}

/** A bot of 30 lines in a process of its own, at a simulated Telegram of its own. */
async function startBareBot(cleanup: Cleanup): Promise<TelegramSimulator> {
  const simulator = await startSimulator();
  cleanup.add(() => simulator.close());
  const program = fileURLToPath(new URL('fixtures/bare-bot.mjs', import.meta.url));
  const bot = spawn(process.execPath, [program, simulator.url, simulator.botToken], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => bot.once('exit', () => resolve()));
  cleanup.add(() => {
    bot.kill();
    return ended;
  });
  return simulator.telegram;
}
