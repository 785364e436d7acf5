/** Requests that the simulated model refuses, and how. What is left out matches every request. */
export type ModelErrorRule = {
  /** 400 to 599. */
  status: number;
  /** The text of the error. */
  message?: string;
  /** Its type: `invalid_request_error` … */
  type?: string;
  /** A text of a person anywhere in the conversation holds this: the error is gone when the message is. */
  contains?: string;
  /** `side` are the CLI's own questions, a summary among them. */
  kind?: 'turn' | 'continuation' | 'side';
  model?: string;
  /** How many matching requests it lets pass first (0). */
  skip?: number;
  /** How many it refuses (all). */
  times?: number;
};

/** What a rule is matched with. */
type Asked = { readonly kind: string; readonly model: string; readonly userTexts: readonly string[] };

/** Errors on demand, in the order they were added: the first that matches a request and is not used up refuses it. */
export type ModelErrors = {
  add(rule: ModelErrorRule): void;
  /** `hits`: how many requests it has refused. */
  list(): { rule: ModelErrorRule; hits: number }[];
  clear(): void;
  /** The rule that refuses this request; it counts. */
  take(asked: Asked): ModelErrorRule | undefined;
};

/** No errors. */
export function createModelErrors(): ModelErrors {
  const kept: { rule: ModelErrorRule; hits: number; passed: number }[] = [];
  return {
    add(rule) {
      kept.push({ rule, hits: 0, passed: 0 });
    },
    list: () => kept.map(({ rule, hits }) => ({ rule, hits })),
    clear() {
      kept.length = 0;
    },
    take(asked) {
      for (const entry of kept) {
        const { rule } = entry;
        if (!matches(rule, asked) || entry.hits >= (rule.times ?? Number.POSITIVE_INFINITY)) continue;
        entry.passed += 1;
        if (entry.passed <= (rule.skip ?? 0)) continue;
        entry.hits += 1;
        return rule;
      }
      return undefined;
    },
  };
}

function matches({ contains, kind, model }: ModelErrorRule, asked: Asked): boolean {
  if (kind !== undefined && kind !== asked.kind) return false;
  if (model !== undefined && model !== asked.model) return false;
  return contains === undefined || asked.userTexts.some((text) => text.includes(contains));
}
