import type { Finding } from './finding.ts';

/** How long Telegram may take to answer, in ms. */
const WITHIN_MS = 5_000;

/** Whether Telegram knows the bot's token, and somebody may use the bot. */
export async function checkTelegram(
  token: string | undefined,
  root: string,
  allowed: readonly number[],
): Promise<Finding> {
  const what = 'telegram';
  if (token === undefined)
    return { what, state: 'off', text: 'No TELEGRAM_BOT_TOKEN: npm start simulates it in the browser.' };
  // The address holds the token, and so would the error.
  const answer = await fetch(new URL(`/bot${token}/getMe`, root), { signal: AbortSignal.timeout(WITHIN_MS) }).catch(
    () => undefined,
  );
  if (!answer) return { what, state: 'bad', text: `${root} does not answer. Check the network and TELEGRAM_API_ROOT.` };
  if (!answer.ok)
    return { what, state: 'bad', text: `${root} refuses the token (${answer.status}). Check TELEGRAM_BOT_TOKEN.` };
  const { result } = (await answer.json().catch(() => ({}))) as { result?: { username?: string } };
  const name = `@${result?.username ?? '?'}`;
  if (allowed.length === 0)
    return { what, state: 'warn', text: `${name}, but nobody may use it. Set TELEGRAM_ALLOWED_USERS.` };
  return { what, state: 'ok', text: name };
}
