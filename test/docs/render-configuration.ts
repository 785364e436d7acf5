import type { Integration } from '@signalbox/homelab';
import { TOPICS, type Topic, type Variable } from '@signalbox/service';

type Variables = Readonly<Record<string, Variable>>;

function byTopic(variables: Variables): [Topic, [string, Variable][]][] {
  return TOPICS.map((topic) => [topic, Object.entries(variables).filter(([, variable]) => variable.topic === topic)]);
}

/** The text of `.env.example`: every variable with its meaning, commented out. */
export function renderEnvExample(variables: Variables, integrations: readonly Integration[]): string {
  const sections = byTopic(variables).map(([topic, entries]) => {
    const lines = entries.flatMap(([name, { meaning, expected, fallback, neededBy }]) => [
      ...wrap(plain(meaning), 116).map((line) => `# ${line}`),
      ...wrap(`${plain(expected)}. Default: ${plain(fallback)}. For: ${plain(forWhom(neededBy))}`, 114).map(
        (line) => `#   ${line}`,
      ),
      `#${name}=`,
      '',
    ]);
    const more = topic === 'Homelab' ? homelabLines(integrations) : [];
    return [`# ── ${topic} ──`, '', ...lines, ...more].join('\n');
  });
  const head = [
    '# Copy this file to .env and take the # away from what you set. Nothing is required to try Signalbox out.',
    '',
  ];
  return [...head, ...sections].join('\n');
}

/** The variables of the integrations, each once. */
function homelabLines(integrations: readonly Integration[]): string[] {
  const shown = new Set<string>();
  return integrations.flatMap(({ name, description, variables }) => {
    const own = Object.entries(variables).filter(([variable]) => !shown.has(variable));
    for (const [variable] of own) shown.add(variable);
    const lines = own.flatMap(([variable, { meaning, expected, optional = false }]) => [
      ...wrap(plain(`${meaning}${optional ? ' May be left out.' : ''}`), 116).map((line) => `# ${line}`),
      ...wrap(plain(expected), 114).map((line) => `#   ${line}`),
      `#${variable}=`,
      '',
    ]);
    return own.length === 0
      ? []
      : [...wrap(`/${name}: ${plain(description)}`, 116).map((line) => `# ${line}`), '#', ...lines];
  });
}

/** The table of `docs/configuration.md`. */
export function renderConfiguration(variables: Variables): string {
  const sections = byTopic(variables).map(([topic, entries]) => {
    const rows = entries.map(
      ([name, v]) => `| \`${name}\` | ${v.meaning} | ${v.expected} | ${v.fallback} | ${forWhom(v.neededBy)} |`,
    );
    const note = NOTES[topic];
    const link = note === undefined ? [] : [note, ''];
    return [
      `## ${topic}`,
      '',
      ...link,
      '| variable | meaning | expected | default | for |',
      '|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n');
  });
  return [HEAD, ...sections, TAIL].join('\n');
}

/** What stands before a section's table. */
const NOTES: Partial<Record<Topic, string>> = {
  Homelab: 'Each integration has variables of its own: see [the house](homelab.md). They are for the workers alone.',
  'The machine':
    'Names that other programs know as well. `npm start` leaves them as they are; the compose file hands them on.',
};

const HEAD = `# Configuration

Signalbox is configured by environment variables. \`npm start\` also reads a file \`.env\` in the project's directory; what is set in the
environment wins. An empty variable counts as unset. A wrong value stops the start, and so do values that do not fit together; all problems are
listed at once. A name that looks like one of these and is none (\`PERMISION_MODE\`) is reported at the start and by \`npm run doctor\`, with the
nearest one.

Each process gets to see only what it needs: the bot's token stays with the bot, Claude's credentials with the worker. The last column says
who that is. \`npm start\` and the compose file hand on just these; for systemd, [its page](systemd/README.md) says what goes into which file.
`;

const TAIL = `## Personas

A persona is a file \`<name>.json\` in PERSONAS_DIR. It is read when a session is made; the session keeps its own copy as \`persona.json\`, which
you may edit: it counts from the next start of the session's Claude process.

\`\`\`json
{
  "name": "research",
  "description": "One line for the list",
  "system_prompt": "Added to Claude Code's own system prompt",
  "settings": {
    "model": "sonnet",
    "max_turns": 20,
    "permission_mode": "plan",
    "allowed_tools": ["WebSearch"],
    "disallowed_tools": ["Bash", "Write"],
    "output_mode": "quiet",
    "interrupted": "ask"
  }
}
\`\`\`

All settings may be left out. \`output_mode\` is \`quiet\`, \`normal\`, \`verbose\` or \`smart\`: see [the chat](chat.md#how-much-is-shown).
\`permission_mode\` can only lower what PERMISSION_MODE allows. \`allowed_tools\` are used without asking: think
before you allow Bash.

\`interrupted\` says what becomes of a turn that a restart cuts off. \`resume\` (the default): it is continued, and a tool that was running may run
again. \`ask\`: if a tool may have run, the session waits for [Continue] or [Drop], else it is continued. \`stop\`: it is not continued, and has
[Retry] [Drop]. \`/interrupted\` in the chat sets another for one session.
`;

/** What the docs call them. */
const SPOKEN = { start: '`npm start`', compose: '`docker-compose.yml`' } as const;

function forWhom(processes: Variable['neededBy']): string {
  return processes.map((each) => (each === 'start' || each === 'compose' ? SPOKEN[each] : each)).join(', ');
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
