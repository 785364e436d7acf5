import { lookAtTurn } from '@signalbox/claude';
import { takeFiles } from '../files/take-files.ts';
import { showProgress } from '../progress/show-progress.ts';
import { TodoList } from '../progress/todo-list.ts';
import { createAnswersTo } from '../turn/answers-to.ts';
import type { MessageRun } from '../turn/message-run.ts';
import { runMessage } from '../turn/run-message.ts';
import { runTurn } from '../turn/run-turn.ts';
import { settleInterruption } from '../turn/settle-interruption.ts';
import { type TakeMessageNeeds, type TakenMessage, takeMessage } from '../turn/take-message.ts';
import type { HeldSession, OpenedClaude } from './open-claude.ts';
import type { SessionSetup } from './session-setup.ts';

/** What turns are given beside their session and its Claude. */
interface Around {
  readonly setup: SessionSetup;
  readonly watchStop: TakeMessageNeeds['watchStop'];
  diskProblem(error: unknown): string | undefined;
}

/** Composes what becomes of a session's messages. */
export function composeTurns(
  held: HeldSession,
  opened: OpenedClaude,
  around: Around,
): (message: TakenMessage) => Promise<void> {
  const { setup, watchStop } = around;
  const { asking } = opened;
  const runNeeds = composeRun(held, opened, around);
  const needs: TakeMessageNeeds = {
    signals: setup.queues.signals,
    questions: setup.queues.questions,
    waiting: setup.queues.waiting,
    reactions: setup.config.reactions,
    log: setup.log,
    watchStop,
    runMessage: (run) => runMessage(run, runNeeds),
    settleQuestions: ({ taken, job }) => asking.finish(taken.id, job.origin),
  };
  return (message) => takeMessage(message, needs);
}

function composeRun(
  held: HeldSession,
  { machine, claude, history, asking }: OpenedClaude,
  { setup, diskProblem }: Around,
) {
  const { name, lease } = held;
  const { config, store, claude: claudeSetup, queues, log, redactBeginning } = setup;
  const { environment, configDir } = claudeSetup;
  const { dir: marker, inbox } = store.paths(name);
  const { addJob, transfers, waiting } = queues;
  const todos = new TodoList();
  const readSettings = () => store.peekSettings(name);
  const files = { addJob, transfers, waiting, root: store.root, transcribe: setup.transcribe, log };
  const channel = { publish: queues.publishLive, isOurs: () => lease.isSure(), redactBeginning };
  const interruption = {
    record: machine,
    readSettings,
    redactBeginning,
    lookAtTurn: (claudeSessionId: string, uuid: string) =>
      lookAtTurn({ configDir, environment, claudeSessionId, marker }, uuid),
  };
  const turn = {
    claude,
    record: machine,
    readSettings,
    redactBeginning,
    diskProblem,
    keepHistory: async () => {
      if (machine.metadata) await history.keep(machine.metadata);
    },
    inactivityMs: config.inactivityMs,
    configDir: configDir ?? 'CLAUDE_CONFIG_DIR',
    onEvent: asking.observe.bind(asking),
    isAsking: () => asking.isOpen,
  };
  return {
    claude,
    record: machine,
    log,
    command: claudeSetup.command,
    servedSince: Date.now(),
    idleTimeoutMs: config.idleTimeoutMs,
    takeFiles: ({ taken, job, queue, publisher, signal, stop }: MessageRun) => {
      const notice = publisher.notice.bind(publisher, taken.id);
      return takeFiles({ jobId: taken.id, job, queue: queue.name, inbox, marker, notice, signal, stop }, files);
    },
    presentTurn(run: MessageRun) {
      const { taken, job } = run;
      return {
        progress: showProgress({ place: job.origin.place, session: name, jobId: taken.id, todos }, channel),
        answersTo: createAnswersTo(run, { listWaiting: waiting.list, record: machine }),
      };
    },
    settleInterruption: (run: MessageRun) => settleInterruption(run, interruption),
    runTurn: (run: MessageRun, how: Parameters<typeof runTurn>[1]) => runTurn(run, how, turn),
  };
}
