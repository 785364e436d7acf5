import { ANN, type Simulator, startSimulator } from '@signalbox/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { samples } from '../../testing/corpus.ts';
import { composeView } from '../live/compose-view.ts';
import { createTelegramApi, type TelegramApi } from '../telegram/telegram-api.ts';
import { partsOf } from './present-parts.ts';

const place = { chatId: ANN.id };
/** How many calls are made at once. */
const AT_ONCE = 16;

let simulator: Simulator;
let api: TelegramApi;
beforeAll(async () => {
  simulator = await startSimulator();
  api = createTelegramApi(simulator.botToken, simulator.url);
});
afterAll(() => simulator.close());

/** Does the work for all samples, and gives back what was refused. */
async function refusedOf(work: (markdown: string) => Promise<void>): Promise<string[]> {
  const refused: string[] = [];
  const left = [...samples];
  const worker = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const [name, markdown] = next;
      await work(markdown).catch((error: Error) => refused.push(`${name}: ${error.message}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return refused;
}

it('no draft of an answer that grows is refused, wherever it stops', async () => {
  const refused = await refusedOf(async (text) => {
    const frame = { place, session: 'web', turn: 'u-1-1', state: 'working', text, runningMs: 20_000 } as const;
    await api.sendDraft(place, 1, composeView(frame), { canStop: true });
  });
  expect(refused).toEqual([]);
  expect(simulator.telegram.draftFrames(ANN.id)).toHaveLength(samples.length);
}, 60_000);

it('no part of a reply is refused, however it is shown', async () => {
  const refused = await refusedOf(async (text) => {
    for (const shorten of [false, true]) {
      for (const part of partsOf({ version: 1, kind: 'markdown', place, text: text || ' ', shorten })) {
        if (part.kind === 'message') await api.sendMessage(place, part.message);
        else if (part.kind === 'file') await api.sendTextFile(place, part, part.caption);
      }
    }
  });
  expect(refused).toEqual([]);
}, 60_000);
