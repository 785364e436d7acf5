import { z } from 'zod';

/** One environment variable: what it may hold and what it means. The docs and `.env.example` are held against this list. */
export interface Variable<T = unknown> {
  readonly schema: z.ZodType<T, string | undefined>;
  /** What a person must write, in words: it stands in the error. */
  readonly expected: string;
  readonly meaning: string;
  /** The default in words, for the docs. */
  readonly fallback: string;
  readonly secret: boolean;
  readonly topic: Topic;
}

export type Topic =
  | 'Telegram'
  | 'Redis'
  | 'Sessions'
  | 'Claude'
  | 'Homelab'
  | 'Dashboard'
  | 'Operations'
  | 'Trying it out';

type Words = Omit<Variable, 'schema' | 'secret'> & { secret?: boolean };

function variable<T>(schema: z.ZodType<T, string | undefined>, words: Words): Variable<T> {
  return { secret: false, ...words, schema };
}

const text = z.string().optional();
const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((part) => part.trim() || []));
const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .default(String(fallback))
    .transform(Number)
    .refine((value) => value <= 65_535);
const minutes = (fallback: number) =>
  z
    .string()
    .regex(/^\d*\.?\d+$/)
    .default(String(fallback))
    .transform(Number)
    .refine((value) => value > 0);
const yes = z
  .enum(['1', 'true', '0', 'false'])
  .default('0')
  .transform((value) => value === '1' || value === 'true');
const url = (...schemes: string[]) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol));
const origin = url('http:', 'https:').refine((value) => URL.canParse(value) && new URL(value).pathname === '/');

/** All variables that Signalbox knows, in the order of the docs. */
export const variables = {
  TELEGRAM_BOT_TOKEN: variable(
    z
      .string()
      .regex(/^\d+:[\w-]+$/)
      .optional(),
    {
      topic: 'Telegram',
      expected: 'a token of the form 123456:ABC… from @BotFather',
      meaning: 'The bot’s token. Send /newbot to @BotFather to get one.',
      fallback: '`npm start`: a simulated Telegram in the browser',
      secret: true,
    },
  ),
  TELEGRAM_ALLOWED_USERS: variable(
    list.pipe(z.array(z.string().regex(/^\d{1,16}$/))).transform((ids) => ids.map(Number)),
    {
      topic: 'Telegram',
      expected: 'numeric user ids, separated by commas',
      meaning: 'Who may use the bot, as numeric Telegram user ids. Everybody else gets no answer.',
      fallback: 'nobody',
    },
  ),
  TELEGRAM_ALLOWED_CHATS: variable(
    list.pipe(z.array(z.string().regex(/^-\d{1,16}$/))).transform((ids) => ids.map(Number)),
    {
      topic: 'Telegram',
      expected: 'numeric group ids (they start with "-"), separated by commas',
      meaning: 'Groups in which the allowed users may use the bot. Everybody in such a group can read the answers.',
      fallback: 'none',
    },
  ),
  TELEGRAM_API_ROOT: variable(origin.default('https://api.telegram.org'), {
    topic: 'Telegram',
    expected: 'an http:// or https:// address without a path',
    meaning: 'The Bot API server.',
    fallback: '`https://api.telegram.org`',
  }),
  STREAMING: variable(z.enum(['draft', 'edit', 'off']).default('draft'), {
    topic: 'Telegram',
    expected: 'draft, edit or off',
    meaning:
      'How a running turn is shown before its replies: `draft`: as a draft in private chats and as one message that is edited in groups; `edit`: as such a message everywhere; `off`: as “typing” alone.',
    fallback: '`draft`',
  }),
  TOPIC_PER_SESSION: variable(yes, {
    topic: 'Telegram',
    expected: '1 or 0',
    meaning:
      'Whether `/new` in a group with topics makes a topic for the session. The bot must be an administrator that may manage topics.',
    fallback: '`0`',
  }),
  REACTIONS: variable(z.enum(['all', 'done', 'off']).default('done'), {
    topic: 'Telegram',
    expected: 'all, done or off',
    meaning:
      'Which reactions say what becomes of a message. `done`: 👀 when it is accepted, 👌 when it is done (💔 failed, 😴 stopped). `all`: also 🤔 when Claude begins. For the bot and the workers.',
    fallback: '`done`',
  }),
  REDIS_URL: variable(url('redis:', 'rediss:', 'unix:').optional(), {
    topic: 'Redis',
    expected: 'redis://… or rediss://… (or unix:/path of a socket)',
    meaning: 'The Redis that holds the queues. It must use `maxmemory-policy noeviction` and should use AOF.',
    fallback: '`npm start`: a private redis-server under `.signalbox/`',
    secret: true,
  }),
  SESSIONS_DIR: variable(z.string().default('sessions'), {
    topic: 'Sessions',
    expected: 'a directory',
    meaning: 'Where sessions live, one directory each.',
    fallback: '`sessions`',
  }),
  PERSONAS_DIR: variable(z.string().default('personas'), {
    topic: 'Sessions',
    expected: 'a directory',
    meaning: 'The library of personas, one JSON file each.',
    fallback: '`personas`',
  }),
  WORKSPACE_ROOTS: variable(list, {
    topic: 'Sessions',
    expected: 'directories, separated by commas',
    meaning:
      'Directories below which a session may be told to work (`/new web ~/projects/web`). Without one, each session works in a workspace of its own.',
    fallback: 'none',
  }),
  POOL: variable(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
      .default('default'),
    {
      topic: 'Sessions',
      expected: 'lower-case letters, digits and "-"',
      meaning:
        'The pool of this worker: the workers that share one SESSIONS_DIR. For the bot: the pool that new sessions are placed in.',
      fallback: '`default`',
    },
  ),
  IDLE_TIMEOUT_MINUTES: variable(minutes(10), {
    topic: 'Sessions',
    expected: 'a number of minutes above 0, fractions allowed',
    meaning:
      'A session that was not used for so long is suspended: its Claude process is stopped and resumed on the next message.',
    fallback: '`10`',
  }),
  INACTIVITY_MINUTES: variable(minutes(15), {
    topic: 'Sessions',
    expected: 'a number of minutes above 0, fractions allowed',
    meaning:
      'A Claude that prints nothing for so long in a turn is interrupted, and the chat is told. A single command of Claude may run for 10 minutes without a word, so set it higher than that.',
    fallback: '`15`',
  }),
  ANSWER_MINUTES: variable(minutes(240), {
    topic: 'Sessions',
    expected: 'a number of minutes above 0, fractions allowed',
    meaning:
      'How long Claude waits for a person to allow something or to answer a question. After that it is denied, and Claude goes on.',
    fallback: '`240`',
  }),
  CLAUDE_BIN: variable(text, {
    topic: 'Claude',
    expected: 'the path of an executable',
    meaning: 'The Claude Code CLI.',
    fallback: '`claude` on PATH, else the one installed by npm',
  }),
  CLAUDE_CONFIG_DIR: variable(text, {
    topic: 'Claude',
    expected: 'a directory',
    meaning: 'Claude’s own directory: its login and its transcripts.',
    fallback: '`~/.claude`',
  }),
  ANTHROPIC_API_KEY: variable(text, {
    topic: 'Claude',
    expected: 'an API key',
    meaning: 'An API key, if you do not log in with `claude`. Handed to Claude and to nothing else.',
    fallback: 'the login in CLAUDE_CONFIG_DIR',
    secret: true,
  }),
  CLAUDE_CODE_OAUTH_TOKEN: variable(text, {
    topic: 'Claude',
    expected: 'a token made by `claude setup-token`',
    meaning: 'A long-lived token of your own subscription. Handed to Claude and to nothing else.',
    fallback: 'the login in CLAUDE_CONFIG_DIR',
    secret: true,
  }),
  ANTHROPIC_BASE_URL: variable(url('http:', 'https:').optional(), {
    topic: 'Claude',
    expected: 'an http:// or https:// address',
    meaning: 'Another address of the Anthropic API. Handed to Claude and to nothing else.',
    fallback: 'Anthropic’s',
  }),
  PERMISSION_MODE: variable(z.enum(['default', 'acceptEdits', 'plan', 'bypassPermissions']).default('default'), {
    topic: 'Claude',
    expected: 'default, acceptEdits, plan or bypassPermissions',
    meaning:
      'What Claude may do unasked. `default`: read only, all else needs permission. `bypassPermissions`: everything. Nobody is asked.',
    fallback: '`default`',
  }),
  TRANSCRIBE_COMMAND: variable(text, {
    topic: 'Claude',
    expected: 'a command line',
    meaning:
      'Turns voice messages into text: a command that gets the path of a recording as its last argument and prints what is said in it. It is run by the worker, without a shell, for at most 5 minutes, and sees none of the secrets.',
    fallback: 'Claude gets recordings as files',
  }),
  IS_SANDBOX: variable(text, {
    topic: 'Claude',
    expected: '1, or nothing',
    meaning:
      'Passed through to Claude: as root, `bypassPermissions` needs it. Only you can say that this machine is a sandbox.',
    fallback: 'unset',
  }),
  HOMELAB_PLUGINS: variable(text, {
    topic: 'Homelab',
    expected: 'paths of modules, or names of installed packages, separated by commas',
    meaning:
      'More integrations, for the workers. A path that begins with a dot is relative to the worker’s working directory.',
    fallback: 'none',
  }),
  HOMELAB_WATCH: variable(list, {
    topic: 'Homelab',
    expected: 'names of integrations, separated by commas',
    meaning:
      'Integrations that are watched, such as `kuma,beszel,pbs`. What gets worse, and what is well again, is told once in the chat.',
    fallback: 'none',
  }),
  HOMELAB_WATCH_CHAT: variable(
    z
      .string()
      .regex(/^-?\d{1,16}$/)
      .transform(Number)
      .optional(),
    {
      topic: 'Homelab',
      expected: 'the numeric id of a chat',
      meaning: 'Where the watch tells what it has found.',
      fallback: 'the first of TELEGRAM_ALLOWED_USERS',
    },
  ),
  HOMELAB_WATCH_SECONDS: variable(
    z
      .string()
      .regex(/^\d*\.?\d+$/)
      .default('60')
      .transform(Number)
      .refine((value) => value > 0),
    {
      topic: 'Homelab',
      expected: 'a number of seconds above 0',
      meaning: 'How often what is watched is asked. What two looks in a row have found is told.',
      fallback: '`60`',
    },
  ),
  HOMELAB_QUIET_HOURS: variable(
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
    {
      topic: 'Homelab',
      expected: 'two times of day such as 22:00-07:00',
      meaning:
        'Hours in which the watch tells nothing; what still holds afterwards is told then. In the worker’s time zone.',
      fallback: 'none',
    },
  ),
  DASHBOARD_HOST: variable(z.string().default('127.0.0.1'), {
    topic: 'Dashboard',
    expected: 'an address to listen on',
    meaning: 'Where the dashboard listens. Away from loopback it needs DASHBOARD_PASSWORD.',
    fallback: '`127.0.0.1`',
  }),
  DASHBOARD_PORT: variable(port(3000), {
    topic: 'Dashboard',
    expected: 'a port, 0 to 65535',
    meaning: 'The dashboard’s port. 0 takes a free one.',
    fallback: '`3000`',
  }),
  DASHBOARD_PASSWORD: variable(text, {
    topic: 'Dashboard',
    expected: 'a password',
    meaning: 'The password of the user `admin`.',
    fallback: 'on loopback: one is made and printed at each start',
    secret: true,
  }),
  LOG_LEVEL: variable(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'), {
    topic: 'Operations',
    expected: 'fatal, error, warn, info, debug, trace or silent',
    meaning: 'How much is logged.',
    fallback: '`info`',
  }),
  HEARTBEAT_FILE: variable(text, {
    topic: 'Operations',
    expected: 'a path',
    meaning: 'A file that the bot or worker touches every 5 s while it is well, for health checks of containers.',
    fallback: 'none',
  }),
  GRACE_SECONDS: variable(
    z
      .string()
      .regex(/^\d{1,5}$/)
      .default('10')
      .transform(Number),
    {
      topic: 'Operations',
      expected: 'a whole number of seconds',
      meaning:
        'How long a worker that is told to stop lets a running turn go on before it parks it for the next worker.',
      fallback: '`10`',
    },
  ),
  SIMULATOR_PORT: variable(port(8081), {
    topic: 'Trying it out',
    expected: 'a port, 0 to 65535',
    meaning: 'The port of the simulated Telegram’s chat page. 0 takes a free one.',
    fallback: '`8081`, or a free one',
  }),
  STATE_DIR: variable(z.string().default('.signalbox'), {
    topic: 'Trying it out',
    expected: 'a directory',
    meaning: 'Where `npm start` keeps its private Redis and, with a simulated model, Claude’s files.',
    fallback: '`.signalbox`',
  }),
  MODEL_IS_SIMULATED: variable(yes, {
    topic: 'Trying it out',
    expected: '1 or 0',
    meaning: 'Set by `npm start` when there is no login and no key, so that every surface says so.',
    fallback: '`0`',
  }),
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
/** What a variable holds after reading. */
export type VariableValue<Name extends VariableName> = z.output<(typeof variables)[Name]['schema']>;
