import type { HistoryEvent, Said, Shown } from './history.ts';
import { type ReadReply, readReply } from './read-reply.ts';

/** A message of the bot, read. */
export type Reply = ReadReply & Shown & { readonly at: number };

/** What became of one message of a person. */
export interface Account {
  readonly said: Said & { readonly at: number };
  acceptedAt: number | undefined;
  /** A question shows it as its answer: what is said while Claude waits for a word is one. */
  isAnswer: boolean;
  /** What was shown about it, in order. */
  readonly replies: Reply[];
}

/** How a message ended: the first answer or notice of failure that was shown; `undefined` if there is none. */
export function endOf({ replies }: Account): Reply | undefined {
  return replies.find(({ says }) => says === 'answer' || says === 'failure');
}

/** The messages of a history by their ids, in the order they were said. */
export function readAccounts(events: readonly HistoryEvent[]): Map<string, Account> {
  const accounts = new Map<string, Account>();
  const byMessage = new Map<string, Account>();
  for (const event of events) {
    if (event.type !== 'said') continue;
    const account: Account = { said: event, acceptedAt: undefined, isAnswer: false, replies: [] };
    accounts.set(event.id, account);
    byMessage.set(`${event.place}#${event.messageId}`, account);
  }
  for (const event of events) {
    if (event.type === 'accepted') {
      const account = accounts.get(event.id);
      if (account) account.acceptedAt ??= event.at;
    } else if (event.type === 'edited') {
      const account = accounts.get(/→ #([a-z]\w*-\d+) /.exec(event.text)?.[1] ?? '');
      if (account) account.isAnswer = true;
    } else if (event.type === 'shown') {
      const reply = { ...event, ...readReply(event.text) };
      const named = reply.id === undefined ? undefined : accounts.get(reply.id);
      const account =
        named ?? (reply.says === 'failure' ? byMessage.get(`${event.place}#${event.replyTo}`) : undefined);
      account?.replies.push(reply);
    }
  }
  return accounts;
}
