import { z } from 'zod';

const count = z.number().nonnegative().catch(0);
const tallySchema = z.object({
  turns: count,
  /** Tokens that the model read, those from its cache included. */
  inputTokens: count,
  outputTokens: count,
  costUsd: count,
});
/** What a number of turns has used. */
export type Tally = z.infer<typeof tallySchema>;

const limitSchema = z.object({
  /** `five_hour`, `seven_day`, … */
  kind: z.string(),
  status: z.string(),
  /** 0…1 */
  utilization: z.number().optional(),
  /** In ms since the epoch, as is `seenAt`. */
  resetsAt: z.number().optional(),
  seenAt: z.number(),
});
/** A limit of the account's plan, as Claude last reported it. */
export type PlanLimit = z.infer<typeof limitSchema>;

/** The file as it must be; a count that is none counts as 0. */
export const usageSchema = z.object({
  version: z.literal(1),
  total: tallySchema,
  /** By day, `YYYY-MM-DD` in UTC. */
  days: z.record(z.string(), tallySchema),
  /** Tokens of the conversation so far, and how many the model's window holds. */
  context: z.object({ tokens: z.number(), window: z.number() }).optional(),
  limits: limitSchema.array(),
});
/** What a session's usage.json holds. Written by the holder of the session's lease alone. */
export type Usage = z.infer<typeof usageSchema>;

/** What one turn used. */
export interface TurnUse extends Tally {
  readonly context?: Usage['context'];
  readonly limit?: PlanLimit | undefined;
}

/** How many days are kept. */
const DAYS_KEPT = 31;
/** How many kinds of limits are kept. */
const LIMITS_KEPT = 8;
const NONE: Tally = { turns: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** Of a session that has had no turn yet. */
export function noUsage(): Usage {
  return { version: 1, total: NONE, days: {}, limits: [] };
}

/** The usage with one more turn. Pure. */
export function addTurn(usage: Usage, turn: TurnUse, now: Date): Usage {
  const day = dayOf(now);
  const days = Object.entries({ ...usage.days, [day]: sum([usage.days[day] ?? NONE, turn]) });
  const context = turn.context ?? usage.context;
  return {
    version: 1,
    total: sum([usage.total, turn]),
    days: Object.fromEntries(days.sort(([a], [b]) => (a < b ? -1 : 1)).slice(-DAYS_KEPT)),
    ...(context ? { context } : {}),
    limits: newest(turn.limit ? [...usage.limits, turn.limit] : usage.limits),
  };
}

/** What was used in the last `days` days, today included. Pure. */
export function lastDays({ days: all }: Usage, days: number, now: Date): Tally {
  const since = dayOf(new Date(now.getTime() - (days - 1) * 86_400_000));
  return sum(Object.entries(all).flatMap(([day, tally]) => (day >= since ? [tally] : [])));
}

/** What several used together. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce<Tally>(
    (all, each) => ({
      turns: all.turns + each.turns,
      inputTokens: all.inputTokens + each.inputTokens,
      outputTokens: all.outputTokens + each.outputTokens,
      costUsd: all.costUsd + each.costUsd,
    }),
    NONE,
  );
}

/** Of each kind of limit the one that was seen last. */
export function newest(limits: readonly PlanLimit[]): PlanLimit[] {
  const sorted = [...limits].sort((a, b) => a.seenAt - b.seenAt);
  return [...new Map(sorted.map((limit) => [limit.kind, limit])).values()].slice(-LIMITS_KEPT);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
