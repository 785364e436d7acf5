import type { MenuButton, SessionCard } from '@signalbox/contracts';
import { activeSession } from '../deciding/address-session.ts';
import { controlOf, inTurn } from '../deciding/ask-session.ts';
import { type Command, usageOfName } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import { claimFrom, findSession, namedSession } from '../deciding/find-session.ts';
import { words } from '../wording/words.ts';

export const renameCommand: Command = {
  name: 'rename',
  usage: '/rename <new name>',
  example: '/rename website',
  description: 'Give this session another name',
  decide({ args }, origin, snapshot) {
    const [typed, ...more] = args;
    if (typed === undefined || more.length > 0) return usageOfName(renameCommand, args);
    const active = activeSession(snapshot.sessions);
    if ('say' in active) return active;
    // What is said here from now on waits in the new name's queue until the name is given.
    const then = (to: string) => inTurn(active.card, origin, { kind: 'rename', to });
    return claimFrom(typed, active.card, snapshot, { renames: true, then });
  },
};

export const archiveCommand: Command = {
  name: 'archive',
  usage: '/archive [name]',
  example: '/archive web',
  description: 'Put a session away; /restore brings it back',
  needs: ({ args: [typed] }) => ({ ...namedSession(typed), pools: true }),
  decide({ args }, origin, snapshot) {
    if (args.length > 1) return usageOfName(archiveCommand, args);
    const found = findSession(args[0], snapshot);
    if (!('card' in found)) return found;
    const { name, pool, archived } = found.card;
    if (archived) return { say: words.archived(name) };
    const asked = inTurn(found.card, origin, { kind: 'archive' });
    // Nobody may ever come to do it.
    return snapshot.servedPools.includes(pool) ? asked : { ...asked, putAway: name, say: words.putAway(name, pool) };
  },
};

export const restoreCommand: Command = {
  name: 'restore',
  usage: '/restore <name>',
  example: '/restore web',
  description: 'Bring an archived session back and switch to it',
  needs: ({ args: [typed] }) => namedSession(typed),
  decide({ args }, origin, snapshot) {
    const [typed, ...more] = args;
    if (typed === undefined || more.length > 0) return usageOfName(restoreCommand, args);
    const found = findSession(typed, snapshot);
    if (!('card' in found)) return found;
    if (!found.card.archived) return { say: words.notArchived(found.card.name) };
    return { ...inTurn(found.card, origin, { kind: 'restore' }), activate: found.card.name };
  },
};

export const deleteCommand: Command = {
  name: 'delete',
  usage: '/delete <name>',
  example: '/delete web',
  description: 'Delete a session and its files; asks first',
  needs: ({ args: [typed] }) => ({ ...namedSession(typed), pools: true }),
  decide({ args }, origin, snapshot) {
    const [typed, word, ...more] = args;
    const isMeant = word === undefined || STAMP.test(word);
    if (typed === undefined || !isMeant || more.length > 0) return usageOfName(deleteCommand, args);
    const found = findSession(typed, snapshot);
    if (!('card' in found)) return found;
    const { name, pool, claimedBy, createdAt } = found.card;
    // The button's command names this very session: it must not delete a later one of the same name.
    const itself = stampOf(createdAt);
    const isServed = snapshot.servedPools.includes(pool);
    const asked = inTurn(found.card, origin, { kind: 'delete', claimedBy });
    if (word === itself) return isServed ? asked : forget(found.card, asked);
    if (word !== undefined) return { say: words.deleteIsOld(name) };
    const confirmed = `/delete ${name} ${itself}`;
    if (isServed) return controlOf(found.card, origin, { kind: 'ask-delete', confirmed });
    return askToForget(found.card, confirmed);
  },
};

/** Of a session whose pool has no worker all goes that is not on the pool's own machines. `asked`: if it has one after all. */
function forget(card: SessionCard, asked: Decision): Decision {
  return { forget: { card, otherwise: asked }, say: words.forgotten(card.name) };
}

function askToForget({ name, pool }: SessionCard, confirmed: string): Decision {
  const rows: MenuButton[][] = [
    [
      { label: words.deleteIt, act: { do: 'command', text: confirmed } },
      { label: words.keepIt, act: { do: 'settle' } },
    ],
  ];
  return { menu: { text: words.askToForget(name, pool), rows, once: true, plain: true } };
}

/** When a session was made, as the button's command has it: with 8 letters since 1972, until 2059. */
const STAMP = /^[0-9a-z]{8}$/;

function stampOf(createdAt: number): string {
  return createdAt.toString(36).padStart(8, '0');
}
