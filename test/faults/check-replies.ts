import { type Account, endOf, type Reply } from './accounts.ts';
import { groupBy } from './group-by.ts';
import type { Violation } from './violation.ts';

/** Whether every message came to an end that its person saw. */
export function findLost(accounts: ReadonlyMap<string, Account>): Violation[] {
  return [...accounts.values()].flatMap((account) => {
    if (endOf(account) || account.isAnswer) return [];
    const { id, at } = account.said;
    const detail =
      account.acceptedAt === undefined
        ? `${id} was never taken from Telegram`
        : `${id} was accepted and has neither an answer nor a notice of failure`;
    return [{ kind: 'lost', id, at, detail } as const];
  });
}

/** Whether everything that was said about a message was shown once, but for what says of itself that it is shown again. */
export function findDoubled(accounts: ReadonlyMap<string, Account>): Violation[] {
  return [...accounts.values()].flatMap(({ said: { id }, replies }) =>
    (['note', 'answer'] as const).flatMap((says) => {
      const [first, ...again] = replies.filter((reply) => reply.says === says && !reply.marked);
      return again.map(({ at, text }) => ({
        kind: 'doubled' as const,
        id,
        at,
        detail: `“${text}” was shown again ${at - (first?.at ?? at)} ms after the first time`,
      }));
    }),
  );
}

/** Whether replies stand in the places where they were asked for. */
export function findMisplaced(accounts: ReadonlyMap<string, Account>): Violation[] {
  return [...accounts.values()].flatMap(({ said, replies }) =>
    replies
      .filter(({ place }) => place !== said.place)
      .map(({ at, text, place }) => ({
        kind: 'misdirected' as const,
        id: said.id,
        at,
        detail: `“${text}” stands in ${place}, but ${said.id} was said in ${said.place}`,
      })),
  );
}

/** Whether the replies of each session came in the order in which its messages were said; a resent one counts as its first. */
export function findReorderedReplies(accounts: ReadonlyMap<string, Account>): Violation[] {
  const bySession = groupBy(accounts.values(), ({ said }) => said.session);
  return [...bySession.values()].flatMap((ofSession) => {
    const firsts = ofSession.flatMap(firstReplies).sort((a, b) => a.at - b.at);
    let latest: Ranked | undefined;
    return firsts.flatMap((reply) => {
      const before = latest;
      if (!before || reply.rank >= before.rank) {
        latest = reply;
        return [];
      }
      const detail = `“${reply.text}” was shown after “${before.text}”`;
      return [{ kind: 'reordered', id: reply.about, at: reply.at, detail } as const];
    });
  });
}

/** Where a reply belongs among those of its session: by its message, and what was said first comes first. */
type Ranked = Pick<Reply, 'at' | 'text'> & { readonly about: string; readonly rank: number };

function firstReplies({ said, replies }: Account): Ranked[] {
  const ranks = { note: 0, answer: 1, failure: 1, other: 1 };
  return (['note', 'answer', 'failure'] as const).flatMap((says) => {
    const first = replies.find((reply) => reply.says === says);
    return first ? [{ at: first.at, text: first.text, about: said.id, rank: said.number * 2 + ranks[says] }] : [];
  });
}
