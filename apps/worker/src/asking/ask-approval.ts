import type { PermissionAnswer, PermissionRequest } from '@signalbox/claude';
import { type AnswerButton, shorten } from '@signalbox/contracts';
import { denials } from '../wording/words.ts';
import { type Lasting, lastingAnswer } from './allow-always.ts';
import { describeRequest } from './describe-request.ts';
import { nameOf } from './name-of.ts';
import type { Asking, OpenQuestions } from './open-questions.ts';

/** Longest request that is shown whole in a message, in UTF-16 units; a longer one is a file as well. */
const LONGEST_SHOWN = 3_000;
/** How much of a longer one the message shows, in UTF-16 units. */
const BEGINNING = 1_200;
/** Longest label of a button that phones show, in UTF-16 units. */
const LONGEST_LABEL = 48;

const DENY = 'deny:';

/** What asking for a permission calls. */
interface ApprovalNeeds {
  readonly questions: OpenQuestions;
  readonly asking: Asking;
  /** Writes down what is allowed from now on. */
  keep(lasting: Lasting): Promise<void>;
  /** See `findOutside`. */
  outside(request: PermissionRequest): Promise<string | undefined>;
}

/** Asks a person whether a tool may be used. */
export async function askApproval(
  { questions, asking, keep, outside }: ApprovalNeeds,
  request: PermissionRequest,
  signal: AbortSignal,
): Promise<PermissionAnswer> {
  const lasting = lastingAnswer(request);
  const { markdown, attachment } = shownOf(request, await outside(request));
  const answered = await questions.ask(
    asking,
    { name: nameOf(request), markdown, attachment, rows: buttons(lasting) },
    signal,
  );
  if (answered === 'expired') return { behavior: 'deny', message: denials.expired };
  const { value } = answered;
  if (value.startsWith(DENY)) return { behavior: 'deny', message: denials.denied(value.slice(DENY.length).trim()) };
  if (value !== 'always' || !lasting) return { behavior: 'allow' };
  await keep(lasting);
  return { behavior: 'allow', updatedPermissions: lasting.updates };
}

function buttons(lasting: Lasting | undefined): AnswerButton[][] {
  const answer = (label: string, value: string): AnswerButton => ({ label, act: { do: 'answer', value } });
  return [
    [answer('✅ Allow', 'allow'), answer('❌ Deny', DENY)],
    ...(lasting ? [[answer(shorten(`♾ Always here: ${lasting.label}`, LONGEST_LABEL), 'always')]] : []),
    [{ label: '✍️ Deny and say why', act: { do: 'explain', prefix: DENY } }],
  ];
}

function shownOf(request: PermissionRequest, outside: string | undefined) {
  const { markdown, file } = describeRequest(request, outside);
  if (markdown.length <= LONGEST_SHOWN) return { markdown, attachment: undefined };
  const head = describeRequest({ ...request, input: cutInput(request.input) }, outside).markdown;
  return {
    markdown: `${head}\n\n📎 This is only the beginning. **The whole is in the file above.**`,
    attachment: file,
  };
}

/** The input with its long texts cut. */
function cutInput(input: Record<string, unknown>): Record<string, unknown> {
  const longTexts = Object.values(input).filter(
    (value) => typeof value === 'string' && value.length > BEGINNING / 2,
  ).length;
  const room = Math.floor(BEGINNING / Math.max(1, longTexts));
  const cut = (value: unknown) => {
    if (typeof value === 'string') return shorten(value, room);
    const json = JSON.stringify(value) ?? '';
    return typeof value === 'object' && json.length > room ? shorten(json, room) : value;
  };
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, cut(value)]));
}
