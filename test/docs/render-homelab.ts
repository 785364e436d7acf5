import type { Integration } from '@signalbox/homelab';

/** The page `docs/homelab.md`. `plugin`: the source of the example. */
export function renderHomelab(integrations: readonly Integration[], plugin: string): string {
  const rows = integrations.map(({ usage, description }) => `| \`${cell(usage)}\` | ${cell(description)} |`);
  const table = [
    '| command | what it says |',
    '|---|---|',
    `| \`/status\` | all of it at a glance, and how Signalbox is |`,
    ...rows,
  ];
  return [
    HEAD,
    ...table,
    '',
    BETWEEN,
    ...sections(integrations),
    OTHERS,
    PLUGINS,
    `\`\`\`js\n${plugin.trim()}\n\`\`\``,
    '',
    TAIL,
  ].join('\n');
}

/** Each variable is explained where it first comes. */
function sections(integrations: readonly Integration[]): string[] {
  const owners = new Map<string, string>();
  return integrations.map((integration) => {
    const text = section(integration, owners);
    for (const variable of Object.keys(integration.variables))
      if (!owners.has(variable)) owners.set(variable, integration.name);
    return text;
  });
}

function section(
  { name, description, rights, variables, needsNothing }: Integration,
  owners: ReadonlyMap<string, string>,
): string {
  const own = Object.entries(variables).filter(([variable]) => !owners.has(variable));
  const lenders = new Map<string, boolean>();
  for (const [variable, { optional = false }] of Object.entries(variables)) {
    const owner = owners.get(variable);
    if (owner !== undefined) lenders.set(owner, (lenders.get(owner) ?? true) && optional);
  }
  const rows = own.map(([variable, { meaning, expected, optional, secret }]) => {
    const marks = [...(optional || needsNothing ? [] : ['needed']), ...(secret ? ['secret'] : [])].join(', ');
    return `| \`${variable}\` | ${cell(meaning)} | ${cell(expected)} | ${marks} |`;
  });
  const lines = [`### /${name}`, '', `${description.replace(/\.?$/, '.')}${rights ? ` ${rights}` : ''}`, ''];
  if (needsNothing) lines.push('It needs no configuration.', '');
  for (const [owner, optional] of lenders)
    lines.push(
      `The variables of [/${owner}](#${owner}) are ${optional ? 'used as well, if they are set' : 'needed'}.`,
      '',
    );
  if (rows.length > 0) lines.push('| variable | meaning | expected | |', '|---|---|---|---|', ...rows, '');
  return lines.join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

const HEAD = `# The house

One glance on the phone tells how the homelab is, also while Claude works: these commands have a queue of their own and never wait behind a
turn. They only read. A service that hangs is given up within 20 s, and what the others say is shown all the same. A command that waited for
more than 60 s, for instance because no worker ran, expires with a notice.
`;

const BETWEEN = `The sign at the start says how it is: 🟢 well, 🟡 look at it some day, 🔴 look at it now, ⚪ it could not be told. The worst comes first.

An integration that is not configured is not in Telegram's menu; typed all the same, it says which variables to set. \`npm run doctor\` asks each
one and says in a sentence what is wrong. Of several workers in a pool, one that has the integration configured answers.

## Configuration

The variables are for the workers. One that lacks some of what it needs, and a wrong value, stop the start. Secrets are
shown nowhere, and Claude does not get to see them.

A service with a certificate of its own needs no "insecure" switch: \`<NAME>_FINGERPRINT\` is the SHA-256 of the one certificate that is
accepted, \`<NAME>_CA_FILE\` a file with the authority that has signed it. This prints the fingerprint:

\`\`\`
openssl s_client -connect 10.0.0.2:8006 </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256
\`\`\`
`;

/** What asks by itself, and who else asks. */
const OTHERS = `## Watching

With \`HOMELAB_WATCH=kuma,beszel,pbs\` one worker of the pool asks these every \`HOMELAB_WATCH_SECONDS\` (60). A problem that two looks in a row
have found is told once in the owner's chat (\`HOMELAB_WATCH_CHAT\`, else the first of \`TELEGRAM_ALLOWED_USERS\`), and once more if it gets worse.
Its end is told once. That holds over restarts: what was told is kept in Redis. \`npm run doctor\` says what is wrong with these variables.

- What comes and goes is told as such, and its end only after a longer calm (up to 30 looks in a row, which is half an hour). However
  slow the looks are, what is up in one and down in the next is told once. Looks before a restart do not count towards a calm after it.
- A service that cannot be asked is a problem by itself. Nothing is called well that could not be looked at.
- Two pools that watch the same service each tell of it.
- **Details** asks again; **Ask Claude** opens a session \`incident-…\` with the persona \`research\` and what was found as its first message.
- In \`HOMELAB_QUIET_HOURS\` (such as \`22:00-07:00\`, the worker's time) nothing is told; what still holds afterwards is told then.

## Claude asks too

A persona that lists \`homelab_status\`, \`homelab_kuma\` and so on among its \`allowed_tools\` has these as tools: they answer what the commands
answer, only read, and need no permission. \`research\` lists them all. Claude never sees a password or token of them.
`;

const PLUGINS = `## Integrations of your own

\`HOMELAB_PLUGINS\` names modules, as paths or as installed packages, separated by commas. Each has one integration, or a list of them, as its
default export. A module that cannot be loaded, a wrong shape, and a name or variable that is taken stop the worker's start with a sentence that
names the module. This is [a whole one](../libs/homelab/examples/ntfy.mjs):
`;

const TAIL = `- \`config\` is a zod schema for the variables, as strings; those that are not set are absent.
- \`run\` gets \`{ config, http, signal, now, log }\` and the words behind the command, and gives back
  \`{ level, title, lines: [{ level?, text, about? }], table? }\`. By \`about\` the watch knows a thing again whose text changes. Match the words
  against what you know; never pass them on.
- \`http\` asks only addresses of variables that end in \`_URL\`. It keeps to 5 s and 2 MB, checks certificates, and throws errors that say what to
  mend: let them pass.
- \`summary\` is its line in \`/status\`; \`check\` is what \`npm run doctor\` asks.
- \`example\`, such as \`/ntfy phone\`, is shown with \`usage\` to who types it wrongly; it is needed only if words can follow the command.
- \`timeoutMs\` is at most 20,000.
`;
