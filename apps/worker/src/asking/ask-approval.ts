import type { PermissionAnswer, PermissionRequest } from '@signalbox/claude';
import { type MenuButton, type QueueRef, shorten } from '@signalbox/contracts';
import { denials } from '../wording/words.ts';
import { type Lasting, lastingAnswer } from './allow-always.ts';
import type { AskDesk, Asking } from './ask-desk.ts';
import { describeRequest } from './describe-request.ts';
import { nameOf } from './name-of.ts';

/** Longest request that is shown whole in a message, in UTF-16 units; a longer one is a file as well. */
const LONGEST_SHOWN = 3_000;
/** How much of a longer one the message shows, in UTF-16 units. */
const BEGINNING = 1_200;
/** Longest label of a button that phones show, in UTF-16 units. */
const LONGEST_LABEL = 48;

const DENY = 'deny:';

/** Asks a person whether a tool may be used. `keep` writes down what is allowed from now on. */
export async function askApproval(
  { desk, asking, keep }: { desk: AskDesk; asking: Asking; keep(lasting: Lasting): Promise<void> },
  request: PermissionRequest,
  signal: AbortSignal,
): Promise<PermissionAnswer> {
  const lasting = lastingAnswer(request);
  const { markdown, attachment } = shownOf(request);
  const rows = (questionId: string, queue: QueueRef) => buttons(questionId, queue, lasting);
  const answered = await desk.ask(asking, { name: nameOf(request), markdown, attachment, rows }, signal);
  if (answered === 'expired') return { behavior: 'deny', message: denials.expired };
  const { answer } = answered;
  if (answer.startsWith(DENY)) return { behavior: 'deny', message: denials.denied(answer.slice(DENY.length).trim()) };
  if (answer !== 'always' || !lasting) return { behavior: 'allow' };
  await keep(lasting);
  return { behavior: 'allow', updatedPermissions: lasting.updates };
}

function buttons(questionId: string, queue: QueueRef, lasting: Lasting | undefined): MenuButton[][] {
  const answer = (label: string, given: string): MenuButton => ({
    label,
    act: { do: 'answer', queue, questionId, answer: given },
  });
  return [
    [answer('✅ Allow', 'allow'), answer('❌ Deny', DENY)],
    ...(lasting ? [[answer(shorten(`♾ Always here: ${lasting.label}`, LONGEST_LABEL), 'always')]] : []),
    [{ label: '✍️ Deny and say why', act: { do: 'explain', queue, questionId, prefix: DENY } }],
  ];
}

function shownOf(request: PermissionRequest) {
  const { markdown, file } = describeRequest(request);
  if (markdown.length <= LONGEST_SHOWN) return { markdown, attachment: undefined };
  const head = describeRequest({ ...request, input: cutInput(request.input) }).markdown;
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
