import type { LineOf } from '../stream/line.ts';

interface Pending {
  resolve(response: unknown): void;
  reject(error: Error): void;
}

/** Our questions to the CLI and its answers, matched by id. */
export class ControlRequests {
  readonly #pending = new Map<string, Pending>();
  readonly #write: (line: object) => Promise<void>;
  #count = 0;
  #closedBy: Error | undefined;

  constructor(write: (line: object) => Promise<void>) {
    this.#write = write;
  }

  /** Asks, e.g. `{subtype: 'interrupt'}`. Rejects when the CLI answers with an error, or never can. */
  async ask(request: { subtype: string; [key: string]: unknown }): Promise<unknown> {
    if (this.#closedBy !== undefined) throw this.#closedBy;
    this.#count += 1;
    const request_id = `signalbox-${this.#count}`;
    const answer = new Promise((resolve, reject) => this.#pending.set(request_id, { resolve, reject }));
    // A pipe that is closed means that the process ends: `rejectAll` then tells how.
    this.#write({ type: 'control_request', request_id, request }).catch(() => {});
    return answer;
  }

  /** Takes an answer. With `--replay-user-messages` our own answers come back as lines; they match nothing. */
  settle({ response }: LineOf<'control_response'>): void {
    const pending = this.#pending.get(response.request_id);
    this.#pending.delete(response.request_id);
    if (response.subtype === 'success') pending?.resolve(response.response);
    else pending?.reject(new Error(`Claude refused a control request: ${String(response.error)}`));
  }

  /** No answer can come any more. */
  rejectAll(error: Error): void {
    this.#closedBy = error;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
