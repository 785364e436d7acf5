import type { TurnEvent } from '@signalbox/claude';
import type { Todo } from '@signalbox/contracts';

/** More entries than this are not kept. */
const MOST = 100;

const STATES: Readonly<Record<string, Todo['state']>> = {
  pending: 'waiting',
  in_progress: 'running',
  completed: 'done',
};
type Input = Readonly<Record<string, unknown>>;

/** An entry; `doing` is what it is called while it is done. */
interface Entry {
  what: string;
  doing: string | undefined;
  state: Todo['state'];
}

type Started = Extract<TurnEvent, { type: 'tool-started' }>;
type Ended = Extract<TurnEvent, { type: 'tool-ended' }>;

/** Follows the list of things to do that Claude keeps, by the uses of the tools that it keeps it with. */
export class TodoList {
  #entries = new Map<string, Entry>();
  /** Uses that were begun: what they do counts when they have ended well. */
  readonly #begun = new Map<string, Started>();

  get todos(): Todo[] {
    return [...this.#entries.values()].map(({ what, doing, state }) => ({
      text: state === 'running' ? (doing ?? what) : what,
      state,
    }));
  }

  /** A turn begins: a list that is all done is of the past. */
  begin(): void {
    if ([...this.#entries.values()].every(({ state }) => state === 'done')) this.#entries.clear();
    this.#begun.clear();
  }

  /** Takes what Claude does. Gives back whether the list may have changed. */
  take(event: TurnEvent): boolean {
    if (event.type === 'tool-started' && TOOLS.has(event.name)) this.#begun.set(event.id, event);
    if (event.type !== 'tool-ended') return false;
    const begun = this.#begun.get(event.id);
    this.#begun.delete(event.id);
    if (begun === undefined || event.isError) return false;
    this.#apply(begun, event);
    return true;
  }

  #apply({ name, input }: Started, ended: Ended): void {
    if (name === 'TodoWrite') this.#replace(input);
    else if (name === 'TaskCreate') this.#create(input, ended);
    else this.#update(input);
  }

  /** The whole list anew. */
  #replace({ todos }: Input): void {
    const entries = (Array.isArray(todos) ? todos.slice(0, MOST) : []).flatMap((todo: Input, index) => {
      const what = text(todo?.content);
      const entry = { what, doing: text(todo?.activeForm), state: STATES[text(todo?.status) ?? ''] ?? 'waiting' };
      return what === undefined ? [] : [[String(index), { ...entry, what }] as const];
    });
    this.#entries = new Map(entries);
  }

  /** The entry's number is in the answer: "Task #3 created successfully: …" (measured on 2.1.329). */
  #create({ subject, activeForm }: Input, { content }: Ended): void {
    const what = text(subject);
    const [, id] = /#(\w+)/.exec(content) ?? [];
    if (what === undefined || id === undefined || this.#entries.size >= MOST) return;
    this.#entries.set(id, { what, doing: text(activeForm), state: 'waiting' });
  }

  #update({ taskId, subject, activeForm, status }: Input): void {
    const id = String(taskId);
    const entry = this.#entries.get(id);
    if (!entry) return;
    if (status === 'deleted') this.#entries.delete(id);
    entry.what = text(subject) ?? entry.what;
    entry.doing = text(activeForm) ?? entry.doing;
    entry.state = STATES[text(status) ?? ''] ?? entry.state;
  }
}

/** The model wrote the input: anything may stand in it. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

const TOOLS: ReadonlySet<string> = new Set(['TodoWrite', 'TaskCreate', 'TaskUpdate']);
