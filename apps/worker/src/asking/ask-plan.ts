import type { PermissionAnswer, PermissionRequest } from '@signalbox/claude';
import { type AnswerButton, beginningOf } from '@signalbox/contracts';
import { denials } from '../wording/words.ts';
import { nameOf } from './name-of.ts';
import type { Asking, OpenQuestions } from './open-questions.ts';

/** Longest plan that is shown whole in messages, in UTF-16 units; a longer one is a file as well. */
const LONGEST_SHOWN = 7_000;
const KEEP = 'keep:';

/** Asks a person whether a plan is to be carried out. `plan`: as Claude gave it; `undefined`: it is what Claude has just said. */
export async function askPlan(
  { questions, asking, approved }: { questions: OpenQuestions; asking: Asking; approved(): Promise<void> },
  request: PermissionRequest,
  plan: string | undefined,
  signal: AbortSignal,
): Promise<PermissionAnswer> {
  const rows: AnswerButton[][] = [
    [
      { label: '✅ Approve', act: { do: 'answer', value: 'approve' } },
      { label: '📝 Keep planning', act: { do: 'answer', value: KEEP } },
    ],
  ];
  const isLong = plan !== undefined && plan.length > LONGEST_SHOWN;
  const shown =
    plan === undefined
      ? '📋 **Claude has made a plan** (see above).'
      : `📋 **Claude’s plan**\n\n${isLong ? beginning(plan) : plan}`;
  const markdown = `${shown}\n\n_Carry it out? Or write what should be different._`;
  const attachment = isLong ? { name: 'plan.md', content: plan } : undefined;
  const question = { name: nameOf({ ...request, input: { plan } }), markdown, attachment, rows, textPrefix: KEEP };
  const answered = await questions.ask(asking, question, signal);
  if (answered === 'expired') return { behavior: 'deny', message: denials.expired };
  if (answered.value.startsWith(KEEP)) {
    return { behavior: 'deny', message: denials.keepPlanning(answered.value.slice(KEEP.length).trim()) };
  }
  await approved();
  return { behavior: 'allow' };
}

function beginning(plan: string): string {
  const cut = beginningOf(plan, LONGEST_SHOWN / 2);
  return `${beginningOf(cut, Math.max(cut.lastIndexOf('\n'), LONGEST_SHOWN / 4))}\n\n📎 The whole plan is in the file above.`;
}
