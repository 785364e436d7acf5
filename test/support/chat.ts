import { ANN, type ShownMessage, type Simulator } from '@signalbox/simulator';
import { PATIENCE_MS } from './patience.ts';

type ModelRequest = Simulator['anthropic']['requests'][number];

/** What a person says beside the text of a message. */
type More = Omit<Parameters<Simulator['telegram']['say']>[0], 'from' | 'text'> & { from?: number };

/** The two clouds of a world as a test sees them: what people say and are shown in Telegram, and what reaches the model. Ann speaks, unless told. */
export abstract class Chat {
  abstract readonly simulator: Simulator;
  /** The last message of each chat before the page that is looked at. */
  readonly #read = new Map<number, number>();
  #sessions = 0;

  get telegram() {
    return this.simulator.telegram;
  }

  /** Says something, as Ann in her private chat unless told. */
  say(text: string, more: More = {}) {
    return this.telegram.say({ from: ANN.id, text, ...more });
  }

  /** Says something in a private chat, and resolves to the bot's first new message that matches. */
  async ask(text: string, expected: RegExp | string, from: number = ANN.id): Promise<ShownMessage> {
    const last = this.lastId(from);
    this.telegram.say({ from, text });
    return this.shows(expected, from, last);
  }

  /** Makes a session, which the private chat then talks to, and resolves to its name (`s1`, `s2`, … unless given). */
  async newSession(name = `s${++this.#sessions}`, persona = '', from: number = ANN.id): Promise<string> {
    const created = `Session '${name}' created${persona && ` with persona '${persona}'`}.`;
    await this.ask(`/new ${name} ${persona}`.trimEnd(), created, from);
    return name;
  }

  /** What the bot shows in a chat now, oldest first; of what came before the page was turned nothing. */
  shown(chat: number = ANN.id, thread?: number): ShownMessage[] {
    const read = this.#read.get(chat) ?? 0;
    const isNew = ({ id, from, deleted }: ShownMessage) => id > read && from.isBot && !deleted;
    return this.telegram.messages(chat, thread).filter(isNew);
  }

  texts(chat: number = ANN.id, thread?: number): string[] {
    return this.shown(chat, thread).map(({ text }) => text);
  }

  /** How often Ann is shown exactly this. */
  count(text: string): number {
    return this.texts().filter((each) => each === text).length;
  }

  /** The id of the last message in a chat: some of those before may be deleted by and by, so that counting them would not do. */
  lastId(chat: number = ANN.id): number {
    return Math.max(0, ...this.telegram.allMessages(chat).map(({ id }) => id));
  }

  /** Resolves to the first message of the bot behind the one of the id `after` that matches, as soon as it is shown. */
  shows(expected: RegExp | string, chat: number = ANN.id, after = 0): Promise<ShownMessage> {
    const matches = ({ id, text }: ShownMessage) =>
      id > after && (typeof expected === 'string' ? text === expected : expected.test(text));
    const look = () => this.shown(chat).find(matches);
    return this.telegram.waitFor(look, {
      timeoutMs: PATIENCE_MS,
      describe: `the bot to say ${expected} in chat ${chat}`,
    });
  }

  /** A message as it is shown by now. */
  now({ chatId, id }: { readonly chatId: number; readonly id: number }): ShownMessage | undefined {
    return this.telegram.messages(chatId).find((message) => message.id === id);
  }

  /** The bot's reaction to a message of Ann's private chat. */
  reaction({ id }: { readonly id: number }): string | undefined {
    return this.now({ chatId: ANN.id, id })?.reactions[0]?.emoji;
  }

  /** The messages that reached the model, each once for each turn that it began. */
  asked(): string[] {
    return this.simulator.anthropic.turns().map(({ lastUserText }) => lastUserText);
  }

  /** Resolves when the model is asked next, by a request that is meant. */
  modelIsAsked(isMeant = (_: ModelRequest) => true): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.simulator.anthropic.onRequest((request) => {
        if (request.outcome !== 'open' || !isMeant(request)) return;
        stop();
        resolve();
      });
    });
  }

  /** For tests that share a world: from now on nothing of what was said, asked of the model or broken before is seen. */
  turnPage(): void {
    for (const { id } of this.telegram.chats) {
      this.#read.set(id, this.lastId(id));
    }
    this.simulator.anthropic.reset();
    this.telegram.faults.clear();
  }

  /** Forgets which page was turned: the clouds are new. */
  protected openBook(): void {
    this.#read.clear();
    this.#sessions = 0;
  }
}
