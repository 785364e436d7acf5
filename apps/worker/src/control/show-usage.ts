import { describeDuration } from '@signalbox/contracts';
import {
  lastDays,
  newest,
  noUsage,
  type PlanLimit,
  type SessionStore,
  sum,
  type Tally,
  type Usage,
} from '@signalbox/sessions';
import { describeTokens } from '../wording/describe-tokens.ts';
import { type Billing, dollars, priceNote } from '../wording/money.ts';
import type { Shown } from '../wording/shown.ts';
import { text } from './show-text.ts';

/** What a session and all sessions of this pool have used, for `/usage`. */
export async function showUsage(
  session: string,
  { store, billing }: { store: Pick<SessionStore, 'names' | 'peekUsage'>; billing: Billing },
): Promise<Shown> {
  const names = await store.names();
  const all = (await Promise.all(names.map(store.peekUsage))).filter((usage) => usage !== undefined);
  const own = (await store.peekUsage(session)) ?? noUsage();
  const usage = describeUsage(session, own, all, new Date());
  return text([usage, ...priceNote(billing)].join('\n\n'));
}

/** The text of `/usage`. Pure. */
export function describeUsage(session: string, own: Usage, all: readonly Usage[], now: Date): string {
  const over = (days: number) => sum(all.map((usage) => lastDays(usage, days, now)));
  const limits = newest(all.flatMap(({ limits: each }) => each)).filter(
    ({ resetsAt }) => (resetsAt ?? Infinity) > now.getTime(),
  );
  return [
    `Session '${session}'`,
    ...(own.context ? [describeContext(own.context)] : []),
    `Today: ${describeTally(lastDays(own, 1, now))}`,
    `7 days: ${describeTally(lastDays(own, 7, now))}`,
    `In all: ${describeTally(own.total)}`,
    '',
    'All sessions',
    `Today: ${describeTally(over(1))}`,
    `7 days: ${describeTally(over(7))}`,
    ...(limits.length > 0 ? ['', 'Plan limits', ...limits.map((limit) => describeLimit(limit, now))] : []),
  ].join('\n');
}

function describeContext({ tokens, window }: NonNullable<Usage['context']>): string {
  const share = window > 0 ? ` of ${describeTokens(window)} (${Math.round((100 * tokens) / window)} %)` : '';
  return `Context: ${describeTokens(tokens)}${share}`;
}

function describeTally({ turns, inputTokens, outputTokens, costUsd }: Tally): string {
  if (turns === 0) return 'nothing';
  const tokens = `${describeTokens(inputTokens)} in, ${describeTokens(outputTokens)} out`;
  return `${turns} ${turns === 1 ? 'turn' : 'turns'} · ${tokens} · ${dollars(costUsd)}`;
}

const LIMITS: Record<string, string> = { five_hour: '5 hours', seven_day: '7 days', plan: 'Plan' };

function describeLimit({ kind, status, utilization, resetsAt }: PlanLimit, now: Date): string {
  const used = utilization === undefined ? status.replaceAll('_', ' ') : `${Math.round(100 * utilization)} % used`;
  const reset = resetsAt === undefined ? '' : `, begins anew in ${describeDuration(resetsAt - now.getTime())}`;
  return `${LIMITS[kind] ?? kind.replaceAll('_', ' ')}: ${used}${reset}`;
}
