import type { RedisProxy } from './redis-proxy.ts';

/** What the person says in these tests, and what Claude answers. */
export const ANSWER = 'the answer';
export const MESSAGE = `[[say ${ANSWER}]]`;

/** A point at which the bot may die. */
export interface BotStep {
  readonly name: string;
  /** What the chat shows of the answer in the end. */
  readonly shown: readonly string[];
  /** To be called before the message is said; resolves when the bot is held at the step. */
  reached(proxy: RedisProxy): Promise<unknown>;
}

const ONCE = [ANSWER];
const MARKED = `(resent after restart)\n${ANSWER}`;

const addsJob = ({ script, args }: { script?: string | undefined; args: readonly string[] }) =>
  script === 'addStandardJob' && args.join().includes('session-web');
const notes = (state: RegExp) => (command: { name: string; args: readonly string[] }) =>
  command.name === 'HSET' && /:sent:r-/.test(command.args[0] ?? '') && state.test(command.args.at(-1) ?? '');

/** From the receipt of a message to the move of the offset past it. */
export const intakeSteps: readonly BotStep[] = [
  {
    name: 'it received a message and decided nothing',
    shown: ONCE,
    reached: (proxy) => proxy.before(({ name, args }) => name === 'SET' && /:update:/.test(args[0] ?? '')).reached,
  },
  {
    name: 'it decided, and did not add the job',
    shown: ONCE,
    reached: (proxy) => proxy.before(addsJob).reached,
  },
  {
    name: 'the job is added, and it does not know',
    shown: ONCE,
    reached: (proxy) => proxy.after(addsJob).reached,
  },
  {
    name: 'the job is added, and the workers were not called',
    shown: ONCE,
    reached: (proxy) => proxy.before(({ name, args }) => name === 'PUBLISH' && args.includes('session-web')).reached,
  },
];

/** From the receipt of a reply to its completion. */
export const outboxSteps: readonly BotStep[] = [
  {
    name: 'it fetched a reply, and noted nothing',
    shown: ONCE,
    reached: (proxy) => proxy.before(notes(/^sending$/)).reached,
  },
  {
    name: 'it noted that it sends, and did not send',
    shown: [MARKED],
    reached: (proxy) => proxy.after(notes(/^sending$/)).reached,
  },
  {
    name: 'the reply is sent, and it did not note that',
    shown: [ANSWER, MARKED],
    reached: (proxy) => proxy.before(notes(/^\d+$/)).reached,
  },
  {
    name: 'the reply is noted as sent, and its job not completed',
    shown: ONCE,
    reached: (proxy) =>
      proxy.before(({ script, args }) => script === 'moveToFinished' && args.join().includes('reply-')).reached,
  },
];
