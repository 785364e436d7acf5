import type { PermissionRequest } from '@signalbox/claude';
import { fenced } from '@signalbox/contracts';
import { escaped, showHidden } from '../wording/markdown.ts';

/** What a tool is about to do, for a person who has to allow it. */
export interface RequestView {
  /** Everything, as Markdown. */
  readonly markdown: string;
  /** The same as a file, for when it is too long for a message. */
  readonly file: { readonly name: string; readonly content: string };
}

type Input = Readonly<Record<string, unknown>>;

/** Describes a request completely: nothing of what the tool gets is left out. `outside`: the path by which it reaches out of the session. Pure. */
export function describeRequest(
  { toolName, input, description }: Pick<PermissionRequest, 'toolName' | 'input' | 'description'>,
  outside?: string,
): RequestView {
  const { headline, body, language, name } = (VIEWS.get(toolName) ?? other(toolName))(input) ?? other(toolName)(input);
  const said = text(description);
  const reason =
    said !== undefined && !body.includes(said) && !headline.includes(said) ? `\n_${escaped(showHidden(said))}_` : '';
  const warning = outside === undefined ? '' : `\n⚠️ Outside the session’s directory: ${inline(outside)}`;
  return {
    markdown: `🔐 ${headline}\n${fenced(showHidden(body), language)}${reason}${warning}`,
    file: { name, content: showHidden(body) },
  };
}

interface View {
  readonly headline: string;
  readonly body: string;
  readonly language: string;
  readonly name: string;
}

const bash = (input: Input): View | undefined => {
  const { command, description: _said, ...more } = input;
  const body = text(command);
  if (body === undefined) return undefined;
  const rest = Object.keys(more).length > 0 ? `\n# ${JSON.stringify(more)}` : '';
  return { headline: 'Claude wants to run:', body: body + rest, language: 'bash', name: 'command.sh' };
};

const write = (input: Input): View | undefined => {
  const [path, content] = [text(input.file_path), text(input.content)];
  if (path === undefined || content === undefined) return undefined;
  return { headline: `Claude wants to write ${inline(path)}:`, body: content, language: '', name: 'content.txt' };
};

const edit = (input: Input): View | undefined => {
  const [path, before, after] = [text(input.file_path), text(input.old_string), text(input.new_string)];
  if (path === undefined || before === undefined || after === undefined) return undefined;
  const everywhere = input.replace_all === true ? ', at every occurrence' : '';
  const body = [...linesOf(before).map((line) => `-${line}`), ...linesOf(after).map((line) => `+${line}`)].join('\n');
  return {
    headline: `Claude wants to edit ${inline(path)}${everywhere}:`,
    body,
    language: 'diff',
    name: 'change.diff',
  };
};

const VIEWS: ReadonlyMap<string, (input: Input) => View | undefined> = new Map([
  ['Bash', bash],
  ['Write', write],
  ['Edit', edit],
]);

const other =
  (tool: string) =>
  (input: Input): View => ({
    headline: `Claude wants to use ${inline(tool)}:`,
    body: JSON.stringify(input, null, 2),
    language: 'json',
    name: 'request.json',
  });

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function linesOf(value: string): string[] {
  return value === '' ? [] : value.split('\n');
}

/** Words in the middle of a line that are no Markdown. */
function inline(value: string): string {
  const shown = showHidden(value).replaceAll(/[\n\t]/g, ' ');
  const tick = '`'.repeat(Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return tick.length === 1 ? `${tick}${shown}${tick}` : `${tick} ${shown} ${tick}`;
}
