import { z } from 'zod';
import type { LineOf } from '../stream/line.ts';
import { type OnPermission, type PermissionAnswer, type PermissionRequest, RequestWithdrawn } from './permission.ts';

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

/** The CLI's questions to us: asks `onPermission` and writes the answer. Does not hold up the reading of the stream. */
export class PermissionDesk {
  readonly #open = new Map<string, AbortController>();
  readonly #ask: OnPermission;
  readonly #write: (line: object) => Promise<void>;
  readonly #warn: (warning: string) => void;

  constructor(options: { ask: OnPermission; write(line: object): Promise<void>; warn(warning: string): void }) {
    this.#ask = options.ask;
    this.#write = options.write;
    this.#warn = options.warn;
  }

  /** Answers a question of the CLI, when it is one. Never rejects. */
  async answer({ request_id, request }: LineOf<'control_request'>): Promise<void> {
    const parsed = question.safeParse(request);
    if (!parsed.success) {
      const error = `Signalbox does not answer control requests of the kind '${request.subtype}'`;
      return this.#reply({ subtype: 'error', request_id, error });
    }
    const controller = new AbortController();
    this.#open.set(request_id, controller);
    const answer = await this.#decide(requestOf(request_id, parsed.data), controller.signal);
    this.#open.delete(request_id);
    if (controller.signal.aborted) return;
    await this.#reply({ subtype: 'success', request_id, response: responseOf(answer, parsed.data.input) });
  }

  /** The CLI no longer wants an answer (the turn was interrupted). */
  cancel(requestId: string, reason: Error = new RequestWithdrawn()): void {
    this.#open.get(requestId)?.abort(reason);
    this.#open.delete(requestId);
  }

  /** Nobody wants an answer any more. */
  cancelAll(): void {
    for (const requestId of [...this.#open.keys()]) this.cancel(requestId, new Error('The process has ended'));
  }

  async #decide(request: PermissionRequest, signal: AbortSignal): Promise<PermissionAnswer> {
    try {
      return await this.#ask(request, signal);
    } catch (error) {
      if (!signal.aborted) this.#warn(`the permission for ${request.toolName} could not be asked: ${String(error)}`);
      return { behavior: 'deny', message: 'The owner could not be asked for permission.' };
    }
  }

  async #reply(response: object): Promise<void> {
    try {
      await this.#write({ type: 'control_response', response });
    } catch (error) {
      this.#warn(`an answer could not be given to Claude: ${String(error)}`);
    }
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
