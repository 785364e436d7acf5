import type { PermissionAnswer, PermissionRequest } from '@signalbox/claude';
import type { AnswerButton } from '@signalbox/contracts';
import { z } from 'zod';
import { escaped } from '../wording/markdown.ts';
import { denials } from '../wording/words.ts';
import { nameOf } from './name-of.ts';
import type { Asking, OpenQuestions } from './open-questions.ts';

const questionSchema = z.object({
  question: z.string().min(1),
  header: z.string().optional(),
  options: z
    .object({ label: z.string().min(1), description: z.string().optional() })
    .array()
    .min(1)
    .max(20),
  multiSelect: z.boolean().optional(),
});
const inputSchema = z.looseObject({ questions: questionSchema.array().min(1).max(10) });
type ClaudesQuestion = z.infer<typeof questionSchema>;

/** Passes on what Claude wants to know, one question after the other; options are buttons, and any text is an answer too. */
export async function askQuestions(
  { questions, asking }: { questions: OpenQuestions; asking: Asking },
  request: PermissionRequest,
  signal: AbortSignal,
): Promise<PermissionAnswer> {
  const input = inputSchema.safeParse(request.input).data;
  if (!input) return { behavior: 'deny', message: denials.unreadable };
  const answers: Record<string, string> = {};
  for (const [index, asked] of input.questions.entries()) {
    const question = {
      name: `${nameOf(request)}-${index}`,
      markdown: describe(asked, index, input.questions.length),
      rows: buttons(asked),
      textPrefix: '',
    };
    const answered = await questions.ask(asking, question, signal);
    if (answered === 'expired') return { behavior: 'deny', message: denials.expired };
    answers[asked.question] = answered.value;
  }
  return { behavior: 'allow', updatedInput: { ...request.input, answers } };
}

function describe({ question, options, multiSelect }: ClaudesQuestion, index: number, count: number): string {
  const number = count > 1 ? ` (${index + 1} of ${count})` : '';
  const described = options.filter(({ description }) => description);
  const lines = described.map(({ label, description = '' }) => `- **${escaped(label)}**: ${escaped(description)}`);
  const how = multiSelect ? 'Mark what applies and press Done, or write your answer.' : 'Choose, or write your answer.';
  return [`❓${number} ${question}`, lines.join('\n'), `_${how}_`].filter(Boolean).join('\n\n');
}

function buttons({ options, multiSelect }: ClaudesQuestion): AnswerButton[][] {
  const row = (label: string): AnswerButton[] => [
    { label, act: multiSelect ? { do: 'tick', value: label } : { do: 'answer', value: label } },
  ];
  const done: AnswerButton[][] = multiSelect ? [[{ label: '✅ Done', act: { do: 'answer-ticked' } }]] : [];
  return [...options.map(({ label }) => row(label)), ...done];
}
