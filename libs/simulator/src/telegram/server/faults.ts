/** What a fault does to a call. */
export type FaultEffect =
  /** The call is refused and not carried out. */
  | { error: { code: number; description: string; parameters?: { retry_after?: number; migrate_to_chat_id?: number } } }
  /** The call is carried out after this many milliseconds. */
  | { delayMs: number }
  /** No answer ever comes and the call is not carried out. */
  | 'hang'
  /** The connection is cut; the call is not carried out. */
  | 'cutBefore'
  /** The call is carried out, then the connection is cut instead of an answer. */
  | 'cutAfter'
  /** A proxy's HTML page with status 502 instead of an answer; not carried out. */
  | 'badGateway';

/** Which calls a fault hits. What is left out matches everything. */
export type FaultRule = {
  method?: string | readonly string[];
  /** The `chat_id` of the call. */
  chat?: number;
  /** How many matching calls it lets pass first (0). */
  skip?: number;
  /** How many it hits (1). */
  times?: number;
  effect: FaultEffect;
};

/** A fault that was added. */
type Fault = {
  readonly rule: FaultRule;
  /** How many calls it has hit. */
  readonly hits: number;
  remove(): void;
};

/** Faults on demand, in the order they were added: the first that matches a call and has hits left is used up by it. */
export type Faults = {
  add(rule: FaultRule): Fault;
  list(): Fault[];
  /** Takes all of them away, and ends the connections of calls that hang. */
  clear(): void;
  /** Takes one hit from the first fault that matches. */
  match(method: string, chat: number | undefined): FaultEffect | undefined;
  /** Is called when `clear` should let go of a hanging call. Returns what unregisters it. */
  onClear(release: () => void): () => void;
};

type Entry = { rule: FaultRule; seen: number; hits: number };

/** No faults yet. */
export function createFaults(): Faults {
  let entries: Entry[] = [];
  const releases = new Set<() => void>();
  const asFault = (entry: Entry): Fault => ({
    rule: entry.rule,
    get hits() {
      return entry.hits;
    },
    remove() {
      entries = entries.filter((other) => other !== entry);
    },
  });
  return {
    add(rule) {
      const entry = { rule, seen: 0, hits: 0 };
      entries.push(entry);
      return asFault(entry);
    },
    list: () => entries.map(asFault),
    clear() {
      entries = [];
      for (const release of releases) release();
      releases.clear();
    },
    match(method, chat) {
      for (const entry of entries) {
        if (!matches(entry.rule, method, chat)) continue;
        if (entry.hits >= (entry.rule.times ?? 1)) continue;
        entry.seen += 1;
        if (entry.seen <= (entry.rule.skip ?? 0)) continue;
        entry.hits += 1;
        return entry.rule.effect;
      }
      return undefined;
    },
    onClear(release) {
      releases.add(release);
      return () => releases.delete(release);
    },
  };
}

function matches(rule: FaultRule, method: string, chat: number | undefined): boolean {
  const methods = typeof rule.method === 'string' ? [rule.method] : rule.method;
  if (methods !== undefined && !methods.some((name) => name.toLowerCase() === method.toLowerCase())) return false;
  return rule.chat === undefined || rule.chat === chat;
}
