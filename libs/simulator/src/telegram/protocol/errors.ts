/** A call that the Bot API refuses: becomes `{ok: false, error_code, description, parameters}`. */
export class TelegramError extends Error {
  override name = 'TelegramError';
  readonly code: number;
  readonly description: string;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;

  constructor(code: number, description: string, parameters?: TelegramError['parameters']) {
    super(description);
    this.code = code;
    this.description = description;
    this.parameters = parameters;
  }
}

/** A 400 with Telegram's usual prefix. */
export function badRequest(what: string): TelegramError {
  return new TelegramError(400, `Bad Request: ${what}`);
}

/** A 400: the group is a supergroup now, with another id. */
export function groupWasUpgraded(to: number): TelegramError {
  const what = 'Bad Request: group chat was upgraded to a supergroup chat';
  return new TelegramError(400, what, { migrate_to_chat_id: to });
}

/** A 429. @param seconds what `retry_after` says; whole seconds */
export function tooManyRequests(seconds: number): TelegramError {
  return new TelegramError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}
