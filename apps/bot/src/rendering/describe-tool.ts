import { beginningOf } from '@signalbox/contracts';

/** Longest description, in UTF-16 units. */
const MAX_LENGTH = 80;

type Input = Readonly<Record<string, unknown>>;
/** Words for one tool, or `undefined` if the input lacks what they need. */
type Describe = (input: Input) => string | undefined;

const file =
  (verb: string): Describe =>
  (input) =>
    sentence(verb, baseName(text(input.file_path) ?? text(input.notebook_path) ?? text(input.path)));
const quoted =
  (verb: string, key: string): Describe =>
  (input) =>
    sentence(verb, text(input[key]) && `"${text(input[key])}"`);

const TOOLS: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ['Read', file('Reading')],
  ['Write', file('Writing')],
  ['Edit', file('Editing')],
  ['MultiEdit', file('Editing')],
  ['NotebookEdit', file('Editing')],
  ['LS', file('Listing')],
  ['Bash', (input) => sentence('Running', text(input.command))],
  ['BashOutput', () => 'Reading a command’s output'],
  ['TaskOutput', () => 'Reading a task’s output'],
  ['KillShell', () => 'Stopping a command'],
  ['TaskStop', () => 'Stopping a task'],
  ['Glob', quoted('Looking for', 'pattern')],
  ['Grep', quoted('Searching for', 'pattern')],
  ['WebSearch', quoted('Searching the web for', 'query')],
  ['WebFetch', (input) => sentence('Fetching', hostName(text(input.url)))],
  ['Task', (input) => sentence('Delegating:', text(input.description))],
  ['Agent', (input) => sentence('Delegating:', text(input.description))],
  ['Skill', (input) => sentence('Using skill', text(input.skill) ?? text(input.command))],
  ['TodoWrite', () => 'Updating the list of tasks'],
  ['TaskCreate', (input) => sentence('Planning:', text(input.subject))],
  ['TaskUpdate', () => 'Updating the list of tasks'],
  ['ExitPlanMode', () => 'Presenting the plan'],
  ['AskUserQuestion', () => 'Asking you'],
  ['mcp__signalbox__send_file', () => 'Sending files'],
]);

/**
 * A few words on what a tool does with its input, such as `Reading config.json…`: one line of at most 80 UTF-16 units. Takes anything, since
 * name and input come from the model and may be cut; never throws. An unknown tool is `Using <name>…`.
 */
export function describeTool(name: unknown, input: unknown): string {
  const tool = text(name) ?? 'a tool';
  const fields: Input = typeof input === 'object' && input !== null ? (input as Input) : {};
  return shorten(TOOLS.get(tool)?.(fields) ?? `Using ${plainName(tool)}`);
}

function sentence(verb: string, object: string | undefined): string | undefined {
  return object === undefined || object === '' ? undefined : `${verb} ${object}`;
}

/** The first line that says something, without what cannot be seen; `undefined` if there is none. */
function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  for (const line of value.slice(0, 2_000).split(/[\n\r\u2028\u2029]/)) {
    const visible = line
      .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (visible !== '') return visible;
  }
  return undefined;
}

function baseName(path: string | undefined): string | undefined {
  return path?.split(/[/\\]/).findLast((part) => part !== '');
}

function hostName(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname || url : url;
}

/** `mcp__server__tool` is how a tool of an MCP server is named. */
function plainName(tool: string): string {
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? [];
  return server && name ? `${name} (${server})` : tool;
}

function shorten(words: string): string {
  if (words.length < MAX_LENGTH) return `${words}…`;
  return `${beginningOf(words, MAX_LENGTH - 1).trimEnd()}…`;
}
