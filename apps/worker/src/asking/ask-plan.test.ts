import type { PermissionRequest } from '@signalbox/claude';
import { expect, it } from 'vitest';
import { askPlan } from './ask-plan.ts';
import type { Asking, OpenQuestions, PersonQuestion } from './open-questions.ts';

const request = { toolName: 'ExitPlanMode', input: {} } as PermissionRequest;

/** Has a plan asked about; resolves to what a person sees of it, and to what Claude is told. */
async function ask(plan: string, answer: string) {
  let asked: PersonQuestion | undefined;
  const questions = {
    ask: async (_asking: Asking, question: PersonQuestion) => {
      asked = question;
      return { value: answer, by: 'Ann' };
    },
  } as unknown as OpenQuestions;
  let isApproved = false;
  const approved = async () => {
    isApproved = true;
  };
  const told = await askPlan(
    { questions, asking: {} as Asking, approved },
    request,
    plan,
    new AbortController().signal,
  );
  return { asked, told, isApproved };
}

it('a plan is shown whole; approved it may be carried out', async () => {
  const { asked, told, isApproved } = await ask('1. Dig\n2. Plant', 'approve');
  expect(asked?.markdown).toContain('1. Dig\n2. Plant');
  expect(asked?.attachment).toBeUndefined();
  expect({ told, isApproved }).toEqual({ told: { behavior: 'allow' }, isApproved: true });
});

it('a long plan is shown by its beginning, cut at a line, with the whole as a file', async () => {
  const plan = Array.from({ length: 600 }, (_, at) => `${at + 1}. Plant bed number ${at + 1}`).join('\n');
  const { asked, told, isApproved } = await ask(plan, 'keep:without digging');
  expect(asked?.attachment).toEqual({ name: 'plan.md', content: plan });
  expect(asked?.markdown.length).toBeLessThan(4_096);
  expect(asked?.markdown).toMatch(
    /^📋 \*\*Claude’s plan\*\*\n\n1\. Plant bed number 1\n[\s\S]*\d\n\n📎 The whole plan/,
  );
  expect(told).toMatchObject({ behavior: 'deny', message: expect.stringContaining('without digging') });
  expect(isApproved).toBe(false);
});
