import { hostname } from 'node:os';
import { createProcessLister } from '@signalbox/claude';
import { poolGroup } from '@signalbox/contracts';
import { type Consumer, openQueues, type Queues } from '@signalbox/queues';
import {
  keepHeartbeat,
  type RawEnvironment,
  readSettingsOf,
  readTogether,
  requireNoEviction,
  type Service,
  type ServiceContext,
} from '@signalbox/service';
import { openPersonaLibrary, openSessionStore, type PersonaLibrary, type SessionStore } from '@signalbox/sessions';
import { type AskingJob, answerControl } from './control/answer-control.ts';
import { serveControl } from './control/serve-control.ts';
import { createTranscribe } from './files/transcribe.ts';
import type { HouseView } from './house/house-tools.ts';
import { createHouseView } from './house/house-view.ts';
import { type House, integrationCards, openHouse } from './house/open-house.ts';
import { serveSessions } from './session/serve-sessions.ts';
import { checkClaude, checkDirectories } from './start/check-surroundings.ts';
import { claudeEnvironment } from './start/claude-environment.ts';
import { composeChats, composeStatus } from './start/compose-chats.ts';
import { redactReplies } from './start/redact-replies.ts';
import { keepRegistered } from './start/register-sessions.ts';
import { reportWorker } from './start/report-worker.ts';
import type { ClaudeSetup } from './warm/claude-setup.ts';
import { askForModels, OfferedModels } from './warm/offered-models.ts';
import { startWatch } from './watch/start-watch.ts';
import type { Billing } from './wording/money.ts';

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

/** Claude Code takes a key before any login. */
function billingOf({ MODEL_IS_SIMULATED, ANTHROPIC_API_KEY }: Config): Billing {
  if (MODEL_IS_SIMULATED) return 'simulated';
  return ANTHROPIC_API_KEY ? 'api' : 'subscription';
}

/** What a worker works with once it has found its surroundings in order. */
interface Opened extends Pick<ServiceContext, 'log' | 'redact' | 'redactBeginning'> {
  readonly config: Config;
  readonly store: SessionStore;
  readonly library: PersonaLibrary;
  readonly claude: ClaudeSetup;
  readonly models: OfferedModels;
  readonly queues: Queues;
  /** What leaves for a chat goes this way alone. */
  readonly outgoing: Pick<Queues, 'addJob' | 'publishLive'>;
}

/** Serves the sessions' queues. Resolves to what ends that. */
async function consumeSessions(opened: Opened, house: HouseView): Promise<(graceMs: number) => Promise<void>> {
  const { config, store, library, claude, queues, outgoing, log, redact, redactBeginning } = opened;
  const { POOL: pool, REACTIONS: reactions, WORKSPACE_ROOTS: workspaceRoots } = config;
  const { routing, signals, questions, waiting, transfers, overview } = queues;
  const { addJob, publishLive } = outgoing;
  const handler = serveSessions({
    config: { pool, reactions, workspaceRoots, ...timesOf(config) },
    queues: { addJob, publishLive, routing, signals, questions, waiting, transfers, overview },
    transcribe: createTranscribe(config.TRANSCRIBE_COMMAND, { ...claude.environment }),
    store,
    library,
    claude,
    house,
    log,
    redact,
    redactBeginning,
  });
  const group = poolGroup('session', pool);
  const stopListening = await signals.listen(group, handler.signalArrived, handler.signalsMissed);
  queues.onBack(handler.signalsMissed);
  const consumer = await queues.consume(group, handler);
  return (graceMs) => {
    stopListening();
    return consumer.stop(graceMs);
  };
}

/** Serves the queues of what is asked about sessions beside their turns. */
function consumeControl(opened: Opened): Promise<Consumer> {
  const { config, store, library, claude, queues, outgoing, log, redactBeginning } = opened;
  const { routing, questions } = queues;
  const { POOL: pool, PERMISSION_MODE: most } = config;
  const { changeCard } = routing;
  const { listOpen } = questions;
  const { inactivityMs } = timesOf(config);
  const offeredModels = () => opened.models.list();
  const about = { pool, most, inactivityMs, billing: billingOf(config) };
  const answering = { ...about, store, library, claude, changeCard, listOpen, redactBeginning, offeredModels };
  const answer = (job: AskingJob) => answerControl(job, answering);
  return queues.consume(
    poolGroup('control', pool),
    serveControl({ store, routing, addJob: outgoing.addJob, log, answer }),
  );
}

/** Finds a worker's surroundings in order and connects to the queues. Throws `FatalError` with what to do. */
async function open(config: Config, context: ServiceContext, signal: AbortSignal) {
  const { env, log, redact, redactBeginning } = context;
  const store = openSessionStore(config.SESSIONS_DIR);
  const library = openPersonaLibrary(config.PERSONAS_DIR);
  await checkDirectories({ sessions: config.SESSIONS_DIR, personas: config.PERSONAS_DIR }, library);
  const { binary, command, version } = await checkClaude(config.CLAUDE_BIN, env);
  if (config.PERMISSION_MODE === 'bypassPermissions') {
    log.warn('PERMISSION_MODE is bypassPermissions: Claude may do everything that this user may, and nobody is asked.');
  }
  const queues = await openQueues(config.REDIS_URL, { app: 'worker', log, signal });
  requireNoEviction(await queues.evictionPolicy(), config.REDIS_URL, log);
  const setup = {
    binary,
    command,
    environment: claudeEnvironment(env),
    configDir: config.CLAUDE_CONFIG_DIR,
    listProcesses: createProcessLister(),
    permissionMode: config.PERMISSION_MODE,
  };
  const models = new OfferedModels(() => askForModels(setup, store.root));
  const claude: ClaudeSetup = { ...setup, noteModels: (offered) => models.note(offered) };
  const outgoing = redactReplies(queues, redact);
  const opened: Opened = { config, models, store, library, claude, queues, outgoing, log, redact, redactBeginning };
  return { opened, version };
}

/** Starts a worker: it serves the sessions and chats of its pool. Throws `ConfigurationError` or `FatalError` if it cannot work. */
export async function startWorker(context: ServiceContext): Promise<Service> {
  const { env, log, hide } = context;
  const [config, house] = await readTogether(readOwn(env), openHouse(env, { dir: process.cwd(), hide, log }));
  const stopping = new AbortController();
  const { signal } = stopping;
  const { opened, version } = await open(config, context, signal);
  const { queues, store, library } = opened;
  const { routing, workforce, houseRecords, bugs } = queues;
  const { addJob } = opened.outgoing;
  const pool = config.POOL;
  const { recollection, onBack } = queues;
  const stopRegistering = await keepRegistered({ store, routing, recollection, pool, log }, { onBack, signal });
  const status = composeStatus(queues, house, pool);
  const view = createHouseView(status, log);
  const stopSessions = await consumeSessions(opened, view);
  const control = await consumeControl(opened);
  const chats = await queues.consume(poolGroup('chat', pool), composeChats(status, queues, { addJob, pool, log }));
  const watching = startWatch(
    config,
    {
      addJob,
      acquire: (resource) => queues.leases.acquire(resource),
      houseRecords,
      look: view.look,
      countBug: () => bugs.count('watch'),
      log,
    },
    signal,
  );
  const card = cardOf(config, house, { id: queues.owner, claude: version });
  const report = await reportWorker(card, { workforce, library, log });
  const heartbeat = keepHeartbeat(config.HEARTBEAT_FILE, queues.isWell, log);
  const model = config.MODEL_IS_SIMULATED ? ' and a simulated model' : '';
  log.info(`Serving pool ${pool} with Claude Code ${version}${model}`);

  const graceMs = config.GRACE_SECONDS * 1_000;
  return {
    stopWithinMs: graceMs + STOP_MARGIN_MS,
    async stop() {
      stopping.abort();
      heartbeat.stop();
      stopRegistering();
      await Promise.all([stopSessions(graceMs), control.stop(graceMs), chats.stop(graceMs), report.stop(), watching]);
      await queues.close();
    },
  };
}
