import { z } from 'zod';
import type { LineOf } from '../stream/line.ts';
import type { OnPermission, PermissionAnswer, PermissionRequest } from './permission.ts';

const question = z.object({
  subtype: z.literal('can_use_tool'),
  tool_name: z.string(),
  tool_use_id: z.string().optional().catch(undefined),
  input: z.record(z.string(), z.unknown()).catch({}),
  description: z.string().optional().catch(undefined),
  blocked_path: z.string().optional().catch(undefined),
  requires_user_interaction: z.boolean().optional().catch(undefined),
  permission_suggestions: z.array(z.unknown()).optional().catch(undefined),
});

/** What answering takes from outside. */
interface Asking {
  ask: OnPermission;
  warn(warning: string): void;
}

/** The response to a control request that is a question about a permission; any other is refused in words, so that the CLI does not wait. */
export async function answerPermission(
  { request_id, request }: Pick<LineOf<'control_request'>, 'request_id' | 'request'>,
  signal: AbortSignal,
  asking: Asking,
): Promise<object> {
  const { success, data } = question.safeParse(request);
  if (!success)
    return { subtype: 'error', error: `Signalbox does not answer control requests of the kind '${request.subtype}'` };
  const answer = await decide(requestOf(request_id, data), signal, asking);
  return { subtype: 'success', response: responseOf(answer, data.input) };
}

async function decide(
  request: PermissionRequest,
  signal: AbortSignal,
  { ask, warn }: Asking,
): Promise<PermissionAnswer> {
  try {
    return await ask(request, signal);
  } catch (error) {
    if (!signal.aborted) warn(`the permission for ${request.toolName} could not be asked: ${String(error)}`);
    return { behavior: 'deny', message: 'The owner could not be asked for permission.' };
  }
}

function requestOf(requestId: string, asked: z.infer<typeof question>): PermissionRequest {
  return {
    requestId,
    toolUseId: asked.tool_use_id ?? '',
    toolName: asked.tool_name,
    input: asked.input,
    description: asked.description,
    blockedPath: asked.blocked_path,
    requiresUserInteraction: asked.requires_user_interaction ?? false,
    suggestions: asked.permission_suggestions ?? [],
  };
}

/** `allow` must carry the input that the tool then gets. */
function responseOf(answer: PermissionAnswer, input: Record<string, unknown>): object {
  if (answer.behavior === 'allow') {
    const { updatedInput = input, updatedPermissions } = answer;
    return { behavior: 'allow', updatedInput, ...(updatedPermissions ? { updatedPermissions } : {}) };
  }
  return { behavior: 'deny', message: answer.message, interrupt: answer.interrupt ?? false };
}
