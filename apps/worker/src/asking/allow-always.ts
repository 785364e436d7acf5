import type { PermissionRequest } from '@signalbox/claude';
import { z } from 'zod';

const ruleSchema = z.object({ toolName: z.string(), ruleContent: z.string().optional() });
const suggestionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('addRules'), rules: ruleSchema.array().min(1), behavior: z.literal('allow') }),
  z.object({ type: z.literal('setMode'), mode: z.literal('acceptEdits') }),
]);

/** What “always in this session” would allow: rules for tools, or all edits. */
export interface Lasting {
  /** In words, for the button. */
  readonly label: string;
  /** Rules as the CLI takes them, such as `Bash(npm test *)`. */
  readonly rules: readonly string[];
  readonly acceptsEdits: boolean;
  /** What the running CLI is told; for this session alone, never written to a file of the owner. */
  readonly updates: readonly object[];
}

/**
 * What the CLI suggests for a lasting answer, if that is something that can be kept (measured on 2.1.329: rules for commands and
 * sites, `acceptEdits` for edits). `undefined`: there is only yes and no.
 */
export function lastingAnswer({ suggestions }: Pick<PermissionRequest, 'suggestions'>): Lasting | undefined {
  for (const suggestion of suggestions) {
    const parsed = suggestionSchema.safeParse(suggestion).data;
    if (parsed?.type === 'addRules') {
      const rules = parsed.rules.map(({ toolName, ruleContent }) =>
        ruleContent ? `${toolName}(${ruleContent})` : toolName,
      );
      const updates = [{ ...parsed, destination: 'session' }];
      return { label: rules.join(', '), rules, acceptsEdits: false, updates };
    }
    if (parsed?.type === 'setMode') {
      const updates = [{ ...parsed, destination: 'session' }];
      return { label: 'all edits', rules: [], acceptsEdits: true, updates };
    }
  }
  return undefined;
}
