import { cutText } from '../../common/cut-text.ts';
import type { Conversation } from '../conversation/read-conversation.ts';
import { writeSummary } from '../conversation/strip-wrapping.ts';
import { parseDirectives, type Step } from './parse-directives.ts';

/** What a request of the CLI is for. */
export type RequestKind =
  /** It begins the answer to what a person wrote. */
  | 'turn'
  /** It brings the results of tools and asks to go on. */
  | 'continuation'
  /** The CLI asks for something of its own: a title, a summary, or to hear of a background task. */
  | 'side';

/** What a conversation's request is for. `hasTools` tells the CLI's own small questions from its conversations. */
export function classify(conversation: Conversation, hasTools: boolean): RequestKind {
  if (conversation.wantsSummary || conversation.lastUserText === '') return 'side';
  if (conversation.notices > 0) return 'side';
  if (!hasTools && /\b(title|topic|summar|classif)/i.test(conversation.system)) return 'side';
  return conversation.rounds > 0 ? 'continuation' : 'turn';
}

/**
 * The steps of the response to this request. Each `tools` step ends a response, and the request that brings its results
 * goes on with the step after it. Pure.
 */
export function chooseSteps(conversation: Conversation, kind: RequestKind): Step[] {
  const refusal = refusalIn(conversation);
  if (refusal !== undefined) return [refusal];
  if (conversation.wantsSummary) return [{ do: 'say', text: writeSummary(conversation.userTexts) }];
  if (kind === 'side' && conversation.notices === 0) return [{ do: 'say', text: 'Simulated' }];
  const script = partFor(conversation.notices, parseDirectives(conversation.lastUserText));
  if (conversation.notices > 0 && script.length === 0) return [{ do: 'say', text: TASK_ENDED }];
  if (script.length === 0) return [{ do: 'say', text: plainAnswer(conversation) }];
  const steps = responsesOf(script)[conversation.rounds] ?? [];
  return steps.some(speaks) ? steps : [...steps, { do: 'say', text: 'Done.' }];
}

/** What keeps the API from taking the conversation, if any of its messages does. */
function refusalIn({ userTexts, wantsSummary }: Conversation): Step | undefined {
  const steps = userTexts.flatMap(parseDirectives);
  return steps.find((step) => step.do === 'poison' || (step.do === 'spoil' && !wantsSummary));
}

const TASK_ENDED = 'This is the simulated model: a background task has ended.';

/** The part of a script that answers the n-th report of an ended background task; 0 for the message itself. */
function partFor(notices: number, script: Step[]): Step[] {
  const parts: Step[][] = [[]];
  for (const step of script) {
    if (step.do === 'later') parts.push([]);
    else parts.at(-1)?.push(step);
  }
  return parts[notices] ?? [];
}

function responsesOf(script: Step[]): Step[][] {
  const responses: Step[][] = [[]];
  for (const step of script) {
    responses.at(-1)?.push(step);
    if (step.do === 'tools') responses.push([]);
  }
  return responses;
}

/** A response of waits, thoughts or errors that pass needs words at its end. */
function speaks(step: Step): boolean {
  return step.do !== 'wait' && step.do !== 'think' && step.do !== 'limit' && !(step.do === 'error');
}

function plainAnswer({ lastUserText, attachments }: Conversation): string {
  const said = lastUserText.length > 200 ? `${cutText(lastUserText, 200)}…` : lastUserText;
  const files = attachments.length > 0 ? ` You attached: ${attachments.join(', ')}.` : '';
  return `This is the simulated model: no login or key is set, so no real Claude is answering. You said: "${said}"${files}`;
}
