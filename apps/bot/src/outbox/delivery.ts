import { type Lease, type Surely, untilDone } from '@signalbox/queues';
import { backoffMs, type Log, type Pause } from '@signalbox/service';
import type { ChatPace } from '../telegram/chat-pace.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import type { TelegramFailure } from '../telegram/telegram-api.ts';

/** One reply on its way into its chat: what it waits for. Each method rejects when the process is told to stop. */
export interface Delivery {
  /** The reply queue of the chat that it is shown in: by it all is noted. */
  readonly queue: string;
  /** That of the group which the chat was before, if it was one. */
  readonly former: string | undefined;
  readonly replyId: string;
  readonly signal: AbortSignal;
  readonly surely: Surely;
  /** Waits until Telegram wants something in this chat. */
  passGate(): Promise<void>;
  /** The same, and leaves room for what else is shown there. */
  passForMessage(chatId: number): Promise<void>;
  /** To be passed right before Telegram is called: one that was frozen must not show what another has shown meanwhile. */
  whenSure(): Promise<void>;
  /** Waits as long as a call that failed so often should. */
  waitAfter(error: TelegramFailure, chatId: number, failures: number): Promise<void>;
}

/** What a delivery calls to wait. */
export interface DeliveryDependencies {
  readonly gate: Pick<FloodGate, 'pass' | 'close'>;
  readonly pace: Pick<ChatPace, 'passReply' | 'slowDown'>;
  readonly pause: Pause;
  readonly log: Log;
}

/** A delivery ends with the lease of its queue, or when `signal` is aborted. */
export function createDelivery(
  { gate, pace, pause, log }: DeliveryDependencies,
  {
    queue,
    former,
    replyId,
    lease,
    signal,
  }: { queue: string; former?: string | undefined; replyId: string; lease: Lease; signal: AbortSignal },
): Delivery {
  const onRetry = (err: unknown) => log.debug({ err, queue }, 'The outbox waits for Redis');
  const surely: Surely = (work) => untilDone(work, { signal, onRetry });
  const passGate = () => surely(() => gate.pass(queue, signal));
  return {
    ...{ queue, former, replyId, signal, surely, passGate },
    async passForMessage(chatId) {
      await passGate();
      await pace.passReply(chatId, signal);
    },
    whenSure: () => surely(() => lease.whenSure()),
    async waitAfter(error, chatId, failures) {
      if (error.kind === 'flood') {
        pace.slowDown(chatId, error.retryAfterMs);
        await surely(() => gate.close(queue, error.retryAfterMs));
      } else await pause(backoffMs(failures, 200, 30_000), signal);
      signal.throwIfAborted();
    },
  };
}
