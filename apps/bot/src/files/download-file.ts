import { type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';

/** A file's bytes as they come; ends with a `TelegramFailure`, without the token in it. */
export type Download = (fileId: string, signal: AbortSignal) => AsyncIterable<Buffer>;

/** Downloads from the Bot API server at `apiRoot`. What Telegram cannot give is refused by its `getFile`. */
export function createDownload(
  { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot }: { TELEGRAM_BOT_TOKEN: string; TELEGRAM_API_ROOT: string },
  api: Pick<TelegramApi, 'getFile'>,
): Download {
  return async function* (fileId, signal) {
    const path = await api.getFile(fileId, signal);
    try {
      // The address has the token in it: it must stand in no error.
      const answer = await fetch(new URL(`/file/bot${token}/${path}`, apiRoot), { signal });
      if (!answer.ok || !answer.body) throw refusal(answer);
      for await (const chunk of answer.body) yield Buffer.from(chunk);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TelegramFailure) throw error;
      const { cause } = error as { cause?: { code?: string } };
      throw new TelegramFailure('unreachable', `A file's download was cut off (${cause?.code ?? 'no reason given'})`);
    }
  };
}

function refusal({ status, headers }: Response): TelegramFailure {
  const message = `Telegram refused a file's download: ${status}`;
  const retryAfterMs = (Number(headers.get('retry-after')) || 1) * 1_000;
  if (status === 429) return new TelegramFailure('flood', message, { code: status, retryAfterMs });
  return new TelegramFailure(status >= 500 ? 'server' : 'refused', message, { code: status });
}
