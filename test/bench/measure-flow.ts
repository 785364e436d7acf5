import { ANN, OFFICIAL_LIMITS } from '@signalbox/simulator';
import type { Cleanup } from '../support/cleanup.ts';
import { type Flow, watchFlow } from '../support/flow.ts';
import { atRest, makeSession, openBenchWorld } from './bench-world.ts';
import { milliseconds, type Row } from './row.ts';
import { spreadOf } from './statistics.ts';

/** The answer: how long it is, in characters (it fits one message), and how long the model writes it, in ms. */
const CHARS = 3_500;
const OVER_MS = 15_000;
/** How many answers are watched. */
export const FLOW_TRIES = 3;
/** What is promised: how long after the model's last word the answer is shown, in ms, and how many calls of a turn are refused. */
const GOAL_MS = 2_000;
const MOST_REFUSED = 1;
const SESSION = 'flow';

/** What a long streamed answer costs under flood control, and when it is there, with drafts and with edits. */
export async function measureFlow(cleanup: Cleanup): Promise<Row[]> {
  const rows: Row[] = [];
  for (const streaming of ['draft', 'edit', 'off'] as const) {
    rows.push(rowOf(streaming, await watchFlows(streaming, cleanup)));
    await cleanup.run();
  }
  return rows;
}

async function watchFlows(streaming: string, cleanup: Cleanup): Promise<Flow[]> {
  const bench = await openBenchWorld(cleanup, { env: { STREAMING: streaming } });
  await makeSession(bench, SESSION);
  const { world } = bench;
  const flows: Flow[] = [];
  for (let round = 0; round < (streaming === 'off' ? 1 : FLOW_TRIES); round += 1) {
    world.telegram.flood.limits = OFFICIAL_LIMITS;
    flows.push(await watchFlow(world, { from: ANN.id, chat: ANN.id, chars: CHARS, overMs: OVER_MS }));
    world.telegram.flood.limits = undefined;
    await atRest(bench, SESSION);
  }
  return flows;
}

function rowOf(streaming: string, flows: readonly Flow[]): Row {
  const delays = flows.map(({ delayMs }) => delayMs);
  const most = (values: readonly number[]) => Math.max(...values);
  const refused = most(flows.map((flow) => flow.refused));
  const calls = most(flows.map((flow) => flow.calls));
  const what = `an answer of ${OVER_MS / 1_000} s under flood control, STREAMING=${streaming}: model’s last word → whole answer shown`;
  return {
    what,
    measured: milliseconds(spreadOf(delays).median),
    against: 'the limits of the official guidance',
    result: `at most ${milliseconds(most(delays))}; ${calls} calls, ${refused} refused with 429`,
    ...(streaming === 'off'
      ? {}
      : {
          goal: {
            text: `≤ ${GOAL_MS / 1_000} s, ≤ ${MOST_REFUSED} × 429`,
            met: most(delays) <= GOAL_MS && refused <= MOST_REFUSED,
          },
        }),
    series: [{ label: what, unit: 'ms', values: delays }],
  };
}
