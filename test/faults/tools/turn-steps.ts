import { expect } from 'vitest';
import { BYPASS, bash } from '../../support/directives.ts';
import { toolRuns } from './bash-tool.ts';
import type { TappedLine } from './claude-tap.ts';
import { isInTranscript, makeCold, SESSION_QUEUE, type TwoWorkers } from './two-workers.ts';
import { until } from './until.ts';

/** A point in a turn at which its worker may die. */
export interface TurnStep {
  readonly name: string;
  /** What the person says, in the directives of the simulated model. */
  readonly text: string;
  /** What Claude then answers. */
  readonly answers: readonly string[];
  /** The worker's environment. */
  readonly env?: Record<string, string>;
  /** Prepares the scene before the message is said. */
  prepare?(scene: TwoWorkers): Promise<void>;
  /** To be called before the message is said; resolves when its turn is at the step. What can be held there is held. */
  reached(scene: TwoWorkers): Promise<unknown>;
  /** Whether a person has to allow something before Claude answers. */
  readonly allows?: boolean;
  /** Whether Claude dies in the same moment, so that nobody ends its tools. */
  readonly takesClaudeAlong?: boolean;
  /** Fails if what is particular to this step did not happen. */
  verify?(scene: TwoWorkers): void;
}

const ANSWER = 'the answer';
const SAY = `[[say ${ANSWER}]]`;

/** The tool leaves a file, and does not end when it is asked to; the second time it ends at once. */
const STUBBORN = bash(`[ -e ran ] || { trap '' TERM; touch ran; while :; do sleep 0.1; done; }`);

function asksForPermission({ from, json }: TappedLine): boolean {
  const { subtype } = (json.request ?? {}) as { subtype?: string };
  return from === 'stdout' && json.type === 'control_request' && subtype === 'can_use_tool';
}

/** The steps of a turn, in their order. */
export const turnSteps: readonly TurnStep[] = [
  {
    name: 'its job was fetched',
    text: SAY,
    answers: [ANSWER],
    reached: ({ proxy }) =>
      proxy.after(({ script, reply }) => script === 'moveToActive' && JSON.stringify(reply).includes(ANSWER)).reached,
  },
  {
    name: 'its Claude is starting',
    text: SAY,
    answers: [ANSWER],
    prepare: makeCold,
    reached: ({ tap }) =>
      tap.hold(({ from, text }) => from === 'stdin' && text.includes('"subtype":"initialize"')).reached,
  },
  {
    name: 'the message was written to Claude',
    text: SAY,
    answers: [ANSWER],
    reached: ({ tap }) => tap.hold(({ from, json }) => from === 'stdin' && json.type === 'user').reached,
  },
  {
    name: 'its row is on disk',
    text: `[[wait 1500]]${SAY}`,
    answers: [ANSWER],
    reached: ({ world }) => until('the row on disk', () => isInTranscript(world, ANSWER)),
  },
  {
    name: 'the answer is streaming',
    text: SAY,
    answers: [ANSWER],
    reached: ({ tap }) =>
      tap.hold(({ from, text }) => from === 'stdout' && text.includes('"type":"content_block_delta"')).reached,
  },
  {
    name: 'a tool is running',
    text: `${STUBBORN}${SAY}`,
    answers: [ANSWER],
    env: BYPASS,
    reached: ({ world }) => toolRuns(world),
  },
  {
    name: 'a tool is running, and its Claude is killed too',
    text: `${STUBBORN}${SAY}`,
    answers: [ANSWER],
    env: BYPASS,
    reached: ({ world }) => toolRuns(world),
    takesClaudeAlong: true,
  },
  {
    name: 'a tool has finished',
    text: `${bash('touch ran')}[[wait 1500]]${SAY}`,
    answers: [ANSWER],
    env: BYPASS,
    reached: ({ world }) =>
      new Promise<void>((resolve) => {
        world.simulator.anthropic.onRequest(({ kind }) => kind === 'continuation' && resolve());
      }),
  },
  {
    name: 'a permission is open',
    text: `${bash('touch ran')}${SAY}`,
    answers: [ANSWER],
    reached: ({ tap }) => tap.hold(asksForPermission).reached,
    allows: true,
    verify: ({ tap }) => {
      const asked = tap.lines.filter(asksForPermission);
      expect(new Set(asked.map(({ json }) => json.request_id)).size, 'asked again').toBe(2);
    },
  },
  {
    name: 'the result is printed',
    text: SAY,
    answers: [ANSWER],
    reached: ({ tap }) => tap.hold(({ from, json }) => from === 'stdout' && json.type === 'result').reached,
  },
  {
    name: 'its replies are half added',
    text: `[[say the first half]]${bash('touch ran')}[[say the second half]]`,
    answers: ['the first half', 'the second half'],
    env: BYPASS,
    reached: ({ proxy }) =>
      proxy.before(
        ({ script, args }) => script === 'addStandardJob' && args.join().includes('"text":"the second half"'),
      ).reached,
  },
  {
    name: 'its job is not completed yet',
    text: SAY,
    answers: [ANSWER],
    reached: ({ proxy }) =>
      proxy.before(({ script, args }) => script === 'moveToFinished' && args.join().includes(SESSION_QUEUE)).reached,
  },
];
