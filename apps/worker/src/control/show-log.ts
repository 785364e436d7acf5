import { type OpenTool, readOpenTools, type ToolOutput, tailTools } from '@signalbox/claude';
import { describeDuration, endOf, fenced, plainOutput, sessionQueue, shorten } from '@signalbox/contracts';
import type { OpenRequest, Questions } from '@signalbox/queues';
import type { Redact } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';
import { isAskedAs } from '../asking/name-of.ts';
import type { ClaudeSetup } from '../warm/claude-setup.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { code, text } from './show-text.ts';

/** What looking at a session's tools calls. */
export interface ShowLogNeeds {
  readonly store: Pick<SessionStore, 'paths' | 'peekMetadata'>;
  readonly claude: Pick<ClaudeSetup, 'configDir' | 'environment'>;
  readonly redactBeginning: Redact;
  /** What Claude asks and nobody has answered. */
  readonly listOpen: Questions['listOpen'];
  readonly pool: string;
}

/** How much of a command's output is read, in bytes, and shown, in lines and UTF-16 units. */
const TAIL_BYTES = 6_000;
const TAIL_LINES = 25;
const TAIL_LENGTH = 2_500;
/** Longest description of a tool, in UTF-16 units. */
const LONGEST_TOOL = 200;

/** What a session's tools are at, and the last lines that they printed. */
export async function showLog(
  session: string,
  { store, claude, redactBeginning, listOpen, pool }: ShowLogNeeds,
): Promise<Shown> {
  const metadata = await store.peekMetadata(session);
  if (metadata?.status !== 'active') return text(words.nothingRuns(session));
  const { claudeSessionId } = metadata;
  const { configDir, environment } = claude;
  const [asked, tools, outputs] = await Promise.all([
    listOpen(sessionQueue(session, pool).name),
    readOpenTools({ configDir, environment, claudeSessionId }),
    tailTools({ marker: store.paths(session).dir, claudeSessionId }, TAIL_BYTES),
  ]);
  if (tools.length + outputs.length === 0) return text(words.nothingRuns(session));
  return { kind: 'markdown', text: describeLog(tools, outputs, { asked, now: Date.now(), redactBeginning }) };
}

/** The text of `/log`, as Markdown. Pure. */
export function describeLog(
  tools: readonly OpenTool[],
  outputs: readonly ToolOutput[],
  { asked, now, redactBeginning }: { asked: readonly OpenRequest[]; now: number; redactBeginning: Redact },
): string {
  const running = tools.map(({ name, input, since }) => {
    const { command, file_path: path } = input;
    // What a person has to allow first does not run.
    const waits = asked.some(({ requestId }) => isAskedAs({ toolName: name, input }, requestId));
    const what = typeof command === 'string' ? command : typeof path === 'string' ? path : '';
    const age = since === undefined ? '' : ` for ${describeDuration(now - since)}`;
    const does = waits ? `✋ ${code(name)} waits for an answer` : `⚙️ ${code(name)} runs`;
    return `${does}${age}${what && `:\n\n${fenced(shorten(redactBeginning(what), LONGEST_TOOL))}`}`;
  });
  const tails = outputs.map(({ tail, since }) => {
    const shown = lastLines(redactBeginning(plainOutput(tail)));
    const age = `${describeDuration(now - since)}`;
    return shown === '' ? `Nothing printed in ${age}.` : `Printed in ${age}:\n\n${fenced(shown)}`;
  });
  return [...running, ...tails].join('\n\n');
}

function lastLines(tail: string): string {
  const lines = tail.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  return endOf(lines, TAIL_LENGTH);
}
