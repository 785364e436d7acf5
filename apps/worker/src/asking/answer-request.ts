import type { OnPermission, PermissionRequest, TurnEvent } from '@signalbox/claude';
import type { SessionDirectories } from '../files/session-directories.ts';
import type { Lasting } from './allow-always.ts';
import { askApproval } from './ask-approval.ts';
import { askPlan } from './ask-plan.ts';
import { askQuestions } from './ask-questions.ts';
import { findOutside } from './find-outside.ts';
import type { Asking, OpenQuestions } from './open-questions.ts';

export interface RequestAnswering {
  readonly questions: OpenQuestions;
  /** On whose behalf Claude works now. */
  asking(): Asking;
  /** Where the session's Claude works. */
  directories(): Promise<SessionDirectories>;
  /** Writes down what is allowed in this session from now on. */
  keepAllowed(lasting: Lasting): Promise<void>;
  /** Writes down that the session has left plan mode. */
  leavePlanMode(): Promise<void>;
}

/** Answers what the CLI wants to know by asking a person. */
export interface RequestAnswerer {
  readonly answer: OnPermission;
  /** Takes note of what Claude does: the CLI asks about a plan without it (measured on 2.1.329). */
  observe(event: TurnEvent): void;
}

export function createRequestAnswerer(parts: RequestAnswering): RequestAnswerer {
  const { questions, asking, keepAllowed, leavePlanMode, directories } = parts;
  const outside = async (request: PermissionRequest) => findOutside(request, await directories());
  let lastPlan: { id: string; plan: string } | undefined;
  return {
    observe(event) {
      if (event.type !== 'tool-started' || event.name !== 'ExitPlanMode') return;
      const { plan } = event.input;
      if (typeof plan === 'string' && plan.trim() !== '') lastPlan = { id: event.id, plan };
    },
    answer(request, signal) {
      const by = asking();
      if (request.toolName === 'AskUserQuestion') return askQuestions({ questions, asking: by }, request, signal);
      if (request.toolName === 'ExitPlanMode') {
        const { plan } = request.input;
        const given = typeof plan === 'string' && plan.trim() !== '' ? plan : undefined;
        const seen = lastPlan?.id === request.toolUseId ? lastPlan.plan : undefined;
        return askPlan({ questions, asking: by, approved: leavePlanMode }, request, given ?? seen, signal);
      }
      return askApproval({ questions, asking: by, keep: keepAllowed, outside }, request, signal);
    },
  };
}
