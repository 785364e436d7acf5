import { beginningOf, type Origin, parseName } from '@signalbox/contracts';
import { type Command, usage } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import { findSession } from '../deciding/find-session.ts';
import type { Snapshot } from '../deciding/snapshot.ts';
import { givenTo, KEPT_COMMAND, offerToStart } from '../keeping/keep-message.ts';
import { words } from '../wording/words.ts';
import { startSession } from './new.ts';

/** What becomes of what was written without a session. It is what buttons type, so no list has it. */
export const keptCommand: Command = {
  name: KEPT_COMMAND,
  usage: '/kept new <name> | to <name> | drop',
  example: '/kept new web',
  description: 'Start a session with what was kept here, give it to one, or drop it',
  isHidden: true,
  needs: ({ args: [, typed = ''] }, { pool }) => ({
    kept: true,
    personasOf: { pool },
    named: namesLike(parseName(typed) ?? ''),
  }),
  decide({ args: [what = '', typed, ...more] }, origin, snapshot) {
    const { kept } = snapshot;
    if (more.length > 0 || !['new', 'to', 'drop'].includes(what) || (typed === undefined) !== (what === 'drop'))
      return usage(keptCommand);
    if (kept.length === 0) return { say: words.nothingKept };
    if (what === 'new') return startWithKept(typed ?? '', origin, snapshot);
    return what === 'to' ? passOnTo(typed, snapshot) : dropKept(snapshot);
  },
};

/** How many names are tried before a person is asked for one. */
const MOST_NAMES = 20;

/** The name, and those that are taken instead if it is another's. */
function namesLike(name: string): string[] {
  const like = (index: number) => (index === 0 ? name : `${beginningOf(name, 58)}-${index + 1}`);
  return Array.from({ length: MOST_NAMES }, (_, index) => like(index)).filter((each) => parseName(each) === each);
}

function startWithKept(typed: string, origin: Origin, snapshot: Snapshot): Decision {
  const wanted = parseName(typed);
  if (wanted === undefined) return { say: words.badName(typed) };
  const { bot, sessions, kept } = snapshot;
  const [name, next] = namesLike(wanted).filter((each) => !sessions.cards.has(each));
  if (name === undefined || next === undefined) return { say: words.alreadyExists(wanted) };
  const made = { name, pool: bot.pool, persona: 'default', personaNamed: false };
  // Somebody may take the name in the same moment: then the next one is offered.
  return { ...startSession(made, origin, snapshot, offerToStart(kept.length, next)), ...givenTo(made, kept) };
}

function passOnTo(typed: string | undefined, snapshot: Snapshot): Decision {
  const found = findSession(typed, snapshot);
  if (!('card' in found)) return found;
  const { card } = found;
  if (card.archived) return { say: words.archived(card.name) };
  return { ...givenTo(card, snapshot.kept), say: words.toOther(card.name) };
}

function dropKept({ kept }: Snapshot): Decision {
  return {
    kept: { take: kept.map(({ origin }) => origin.messageId) },
    say: words.dropped(
      kept.map(({ text, files = [] }) => text.trim() || files.map(({ kind }) => `📎 ${kind}`).join(', ')),
    ),
  };
}
