/** The bot token of the simulated Telegram unless another is given. It opens nothing anywhere else. */
export const DEFAULT_BOT_TOKEN = '7000000001:AASimulatorToken-that-opens-nothing';

/** The id of a bot is the number before the colon of its token. @throws Error if the token has none */
export function botIdOf(token: string): number {
  const id = Number(/^(\d{1,12}):[\w-]{3,}$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isSafeInteger(id)) return id;
  throw new Error('botToken: expected a number, a colon and a word, as in 12345:AbC; got something else');
}
