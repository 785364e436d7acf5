import {
  type ChatJob,
  chatQueue,
  type Origin,
  type PersonaCard,
  type Place,
  parseName,
  parsePool,
  type QueueRef,
  type SessionCard,
  type SessionJob,
  SINCE,
  sessionQueue,
} from '@signalbox/contracts';
import {
  type Command,
  type CommandName,
  commands,
  helpText,
  isCommandName,
  nearestCommand,
  parseCommand,
  startText,
} from './commands.ts';
import type { Incoming } from './read-update.ts';
import { words } from './words.ts';

/** What is to be done about one update. Doing it again has no further effect. */
export interface Decision {
  /** The place talks to this session from now on. */
  readonly activate?: string;
  readonly enqueue?: { readonly queue: QueueRef; readonly job: SessionJob | ChatJob };
  /** To be said in the place at once. */
  readonly say?: string;
}

/** What deciding needs to know. */
export interface Surroundings {
  /** This bot's own name, without @. */
  readonly username: string;
  /** The pool of new sessions and of the chats' commands. */
  readonly pool: string;
  readonly jobId: string;
  session(name: string): Promise<SessionCard | undefined>;
  claim(card: SessionCard): Promise<SessionCard>;
  activeSession(place: Place): Promise<string | undefined>;
  /** `undefined`: not known yet, because no worker ever ran. */
  personas(pool: string): Promise<readonly PersonaCard[] | undefined>;
  modelIsSimulated(): Promise<boolean>;
  now(): number;
}

type Said = Exclude<Incoming, { kind: 'button' }>;

/** Decides what an incoming message leads to. `undefined`: nothing, it was meant for another bot. */
export async function decide(incoming: Said, around: Surroundings): Promise<Decision | undefined> {
  if (incoming.kind === 'unsupported') return decideUnsupported(incoming, around);
  const command = parseCommand(incoming.text);
  if (!command) return toActiveSession(incoming, around);
  if (command.to && command.to.toLowerCase() !== around.username.toLowerCase()) return undefined;
  if (!isCommandName(command.name)) return { say: words.unknownCommand(command.name, nearestCommand(command.name)) };
  return handlers[command.name](command.args, incoming.origin, around);
}

type Handler = (args: readonly string[], origin: Origin, around: Surroundings) => Promise<Decision>;

const handlers: Record<CommandName, Handler> = {
  start: async (_args, _origin, around) => ({ say: startText(await around.modelIsSimulated()) }),
  help: async (_args, _origin, around) => ({ say: helpText(await around.modelIsSimulated()) }),
  sessions: async (args, origin, around) => (args.length > 0 ? usage('sessions') : listSessions(origin, around)),
  session: decideSession,
  new: decideNew,
};

async function decideNew(args: readonly string[], origin: Origin, around: Surroundings): Promise<Decision> {
  const typed = readNewArguments(args);
  if (!typed) return usage('new');
  const name = parseName(typed.name);
  if (name === undefined) return { say: words.badName(typed.name) };
  const pool = typed.pool === undefined ? around.pool : parsePool(typed.pool);
  if (pool === undefined) return { say: words.badPool(typed.pool ?? '') };
  const persona = parseName(typed.persona ?? 'default');
  const known = await around.personas(pool);
  if (persona === undefined || (known && !known.some((each) => each.name === persona))) {
    return { say: words.unknownPersona(typed.persona ?? 'default', known ?? []) };
  }
  const card = { name, pool, persona, claimedBy: around.jobId, createdAt: around.now() };
  const holder = await around.claim(card);
  if (holder.claimedBy !== around.jobId) return { say: words.alreadyExists(name) };
  const personaNamed = typed.persona !== undefined;
  const job = { version: SINCE.new, kind: 'new', session: name, persona, personaNamed, origin } as const;
  return { activate: name, enqueue: { queue: sessionQueue(name, pool), job } };
}

/** Reads `<name> [persona] [@pool]`; `undefined` if it is something else. The pool is without its `@`. */
function readNewArguments(
  args: readonly string[],
): { name: string; persona: string | undefined; pool: string | undefined } | undefined {
  const last = args.at(-1);
  const pool = args.length > 1 && last?.startsWith('@') ? last.slice(1) : undefined;
  const [name, persona, ...more] = pool === undefined ? args : args.slice(0, -1);
  return name === undefined || more.length > 0 ? undefined : { name, persona, pool };
}

async function decideSession(args: readonly string[], origin: Origin, around: Surroundings): Promise<Decision> {
  const [typed] = args;
  if (typed === undefined) return listSessions(origin, around);
  if (args.length > 1) return usage('session');
  const name = parseName(typed);
  if (name === undefined) return { say: words.badName(typed) };
  const card = await around.session(name);
  if (!card) return { say: words.noSuchSession(name) };
  const job = { version: SINCE.warm, kind: 'warm', session: name, origin } as const;
  return { activate: name, say: words.switched(name), enqueue: { queue: sessionQueue(name, card.pool), job } };
}

/** Passes a text on to Claude, in the session that the place talks to. */
async function toActiveSession(
  { origin, text, forwardedFrom, quote }: Omit<Extract<Said, { kind: 'text' }>, 'kind'>,
  around: Surroundings,
): Promise<Decision> {
  const active = await around.activeSession(origin.place);
  const card = active === undefined ? undefined : await around.session(active);
  if (!card) return { say: words.noActiveSession };
  const marks = {
    ...(forwardedFrom === undefined ? {} : { forwardedFrom }),
    ...(quote === undefined ? {} : { quote }),
  };
  const job = { version: SINCE.message, kind: 'message', session: card.name, origin, text, ...marks } as const;
  return { enqueue: { queue: sessionQueue(card.name, card.pool), job } };
}

async function decideUnsupported(
  incoming: Extract<Said, { kind: 'unsupported' }>,
  around: Surroundings,
): Promise<Decision> {
  const { caption, what } = incoming;
  if (caption === undefined) return { say: words.unsupported(what, false) };
  const decision = await toActiveSession({ ...incoming, text: caption }, around);
  return decision.enqueue ? { ...decision, say: words.unsupported(what, true) } : decision;
}

function listSessions(origin: Origin, around: Surroundings): Decision {
  const job = { version: SINCE.sessions, kind: 'sessions', origin } as const;
  return { enqueue: { queue: chatQueue(origin.place.chatId, around.pool), job } };
}

function usage(name: CommandName): Decision {
  const command: Command | undefined = commands.find((each) => each.name === name);
  return { say: words.usage(command?.usage ?? `/${name}`) };
}
