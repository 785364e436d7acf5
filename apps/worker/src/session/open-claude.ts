import type { QueueRef } from '@signalbox/contracts';
import type { Lease, Surely } from '@signalbox/queues';
import type { Notifier } from '../asking/notifier.ts';
import { OpenQuestions } from '../asking/open-questions.ts';
import { SessionAsking } from '../asking/session-asking.ts';
import { publishFiles } from '../files/publish-files.ts';
import { sessionDirectories } from '../files/session-directories.ts';
import type { Publisher } from '../output/publish.ts';
import { launchClaude } from '../warm/launch-claude.ts';
import { LaunchedWith } from '../warm/launched-with.ts';
import { SessionHistory } from '../warm/session-history.ts';
import { sessionTools } from '../warm/session-tools.ts';
import { WarmClaude } from '../warm/warm-claude.ts';
import { words } from '../wording/words.ts';
import { passLate } from './background-work.ts';
import { SessionMachine } from './session-machine.ts';
import type { SessionSetup } from './session-setup.ts';

/** A session whose lease is held, and what whoever acts for it has in common. */
export interface HeldSession {
  readonly name: string;
  readonly queue: QueueRef;
  readonly lease: Lease;
  readonly publisher: Publisher;
  /** Notified when a signal to the session has arrived. */
  readonly notifier: Notifier;
  readonly surely: Surely;
}

/** What Claude is at, and who asks for it. */
export interface OpenedClaude {
  readonly machine: SessionMachine;
  readonly claude: WarmClaude;
  readonly history: SessionHistory;
  readonly asking: SessionAsking;
}

/** Composes a session's state, its Claude, and what Claude may ask; each is made of those that are there already. */
export function openClaude(held: HeldSession, setup: SessionSetup): OpenedClaude {
  const { name, queue, lease, publisher, notifier, surely } = held;
  const { config, store, library, claude: claudeSetup, queues, log, redact, house } = setup;
  const { addJob, routing, transfers, overview } = queues;
  const machine = new SessionMachine({ name, lease, store, library, routing, publisher, log });
  const launchedWith = new LaunchedWith(name, store, claudeSetup.permissionMode);
  const waitMs = config.answerWithinMs;
  const asked = { queue, questions: queues.questions, publisher, notifier, log, waitMs, lost: lease.lost };
  const questions = new OpenQuestions(asked);
  const addAllowed = launchedWith.add.bind(launchedWith);
  const asking = new SessionAsking({
    ...{ name, pool: config.pool, questions, atWork: machine, addJob, addAllowed, surely },
    directories: () => sessionDirectories(name, store),
  });
  const tools = sessionTools({
    session: name,
    store,
    redact,
    house,
    publish: (occasion, files, caption, signal) =>
      publishFiles(occasion, files, caption, { session: name, lease, signal, addJob, transfers, overview, log }),
    asking: () => asking.asking(),
  });
  const history = new SessionHistory({
    session: name,
    setup: claudeSetup,
    copies: store.paths(name).history,
    log,
    async onRestored({ claudeSessionId, lastRow, lastPlace: place }) {
      if (place) await publisher.notice(claudeSessionId, `restored-${lastRow}`, { place }, words.historyRestored(name));
    },
  });
  const claude = new WarmClaude({
    launchedWith,
    requireHistory: (metadata) => history.require(metadata),
    log,
    dispatch: (event) => machine.dispatch(event),
    launch: ({ metadata, parameters, inFlightUuid, signal, onBackground }) =>
      launchClaude(
        claudeSetup,
        { metadata, parameters, paths: store.paths(name) },
        {
          inFlightUuid,
          signal,
          onBackground,
          tools,
          log,
          mayAct: () => lease.whenSure(),
          onPermission: asking.answer,
          onLate: (event) => passLate(event, machine, publisher),
        },
      ),
  });
  const onError = (err: unknown) => log.warn({ err, session: name }, 'A question stays open');
  machine.listen({
    background(background) {
      // A turn that Claude began by itself is over.
      if (background === 'none') asking.finishLate().catch(onError);
    },
  });
  return { machine, claude, history, asking };
}
