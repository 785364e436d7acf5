import { hostname } from 'node:os';
import { createProcessLister } from '@signalbox/claude';
import { type Consumer, openQueues } from '@signalbox/queues';
import {
  keepHeartbeat,
  type RawEnvironment,
  readSettingsOf,
  readTogether,
  type Service,
  type ServiceContext,
} from '@signalbox/service';
import { openPersonaLibrary, openSessionStore } from '@signalbox/sessions';
import { serveControl } from './control/serve-control.ts';
import { createTranscribe } from './files/transcribe.ts';
import { createHouseView } from './house/house-view.ts';
import { type House, integrationCards, openHouse } from './house/open-house.ts';
import { serveSessions } from './session/serve-sessions.ts';
import { checkClaude, checkDirectories } from './start/check-surroundings.ts';
import { claudeEnvironment } from './start/claude-environment.ts';
import { redactReplies } from './start/redact-replies.ts';
import { keepRegistered } from './start/register-sessions.ts';
import { reportWorker } from './start/report-worker.ts';
import { serveChats } from './start/serve-chats.ts';
import { startWatch } from './watch/start-watch.ts';

/** What stopping takes beside the grace of running turns: ending Claude's processes, in ms. */
const STOP_MARGIN_MS = 10_000;
/** A timer of Node.js that is set for longer fires at once, in ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function timer(minutes: number): number {
  return Math.min(minutes * 60_000, LONGEST_TIMER_MS);
}

function timesOf(config: { IDLE_TIMEOUT_MINUTES: number; INACTIVITY_MINUTES: number; ANSWER_MINUTES: number }) {
  return {
    idleTimeoutMs: timer(config.IDLE_TIMEOUT_MINUTES),
    inactivityMs: timer(config.INACTIVITY_MINUTES),
    answerWithinMs: timer(config.ANSWER_MINUTES),
  };
}

async function readOwn(env: RawEnvironment) {
  return readSettingsOf('worker', env);
}

type Config = Awaited<ReturnType<typeof readOwn>>;

/** What the worker says of itself. */
function cardOf(config: Config, house: House, { id, claude }: { id: string; claude: string }) {
  return {
    id,
    claude,
    pool: config.POOL,
    host: hostname(),
    pid: process.pid,
    startedAt: Date.now(),
    permissionMode: config.PERMISSION_MODE,
    modelIsSimulated: config.MODEL_IS_SIMULATED,
    integrations: integrationCards(house),
  };
}

/** Starts a worker: it serves the sessions and chats of its pool. Throws `ConfigurationError` or `FatalError` if it cannot work. */
export async function startWorker({ env, log, redact, redactBeginning, hide }: ServiceContext): Promise<Service> {
  const [config, house] = await readTogether(readOwn(env), openHouse(env, { dir: process.cwd(), hide, log }));
  const store = openSessionStore(config.SESSIONS_DIR);
  const library = openPersonaLibrary(config.PERSONAS_DIR);
  await checkDirectories({ sessions: config.SESSIONS_DIR, personas: config.PERSONAS_DIR }, library);
  const { binary, version } = await checkClaude(config.CLAUDE_BIN, env);
  if (config.PERMISSION_MODE === 'bypassPermissions') {
    log.warn('PERMISSION_MODE is bypassPermissions: Claude may do everything that this user may, and nobody is asked.');
  }

  const stopping = new AbortController();
  const opened = await openQueues(config.REDIS_URL, { app: 'worker', log, signal: stopping.signal });
  const queues = redactReplies(opened, redact);
  await keepRegistered({ store, pool: config.POOL, log, queues, signal: stopping.signal });
  const claude = {
    binary,
    environment: claudeEnvironment(env),
    configDir: config.CLAUDE_CONFIG_DIR,
    listProcesses: createProcessLister(),
    permissionMode: config.PERMISSION_MODE,
  };
  let sessions: Consumer | undefined;
  const transcribe = createTranscribe(config.TRANSCRIBE_COMMAND, { ...claude.environment });
  const view = createHouseView({ house, queues, pool: config.POOL, log });
  const { POOL: pool, REACTIONS: reactions, WORKSPACE_ROOTS: workspaceRoots } = config;
  const times = timesOf(config);
  const handler = serveSessions(
    {
      config: { pool, reactions, workspaceRoots, ...times },
      ...{ store, library, claude, queues, log, redact, redactBeginning, transcribe, house: view },
    },
    (queue) => sessions?.reconsider(queue),
  );
  const stopListening = await queues.signals.listen(`session.${pool}`, handler.signalArrived, handler.signalsMissed);
  queues.onBack(handler.signalsMissed);
  sessions = await queues.consume(`session.${pool}`, handler);
  const { inactivityMs } = times;
  const control = await queues.consume(
    `control.${pool}`,
    serveControl({ store, library, claude, queues, redactBeginning, pool, inactivityMs, log }),
  );
  const chats = await queues.consume(`chat.${pool}`, serveChats({ queues, pool, log, house }));
  const watching = startWatch(config, { queues, view, log, signal: stopping.signal });
  const report = await reportWorker(cardOf(config, house, { id: queues.owner, claude: version }), {
    workforce: queues.workforce,
    library,
    log,
  });
  const heartbeat = keepHeartbeat(config.HEARTBEAT_FILE, queues.isWell, log);
  log.info(
    `Serving pool ${pool} with Claude Code ${version}${config.MODEL_IS_SIMULATED ? ' and a simulated model' : ''}`,
  );

  const graceMs = config.GRACE_SECONDS * 1_000;
  return {
    stopWithinMs: graceMs + STOP_MARGIN_MS,
    async stop() {
      stopping.abort();
      heartbeat.stop();
      stopListening();
      await Promise.all([sessions.stop(graceMs), control.stop(graceMs), chats.stop(graceMs), report.stop(), watching]);
      await queues.close();
    },
  };
}
