import { controlOf, inTurn } from '../deciding/ask-session.ts';
import { activeSession, type Command, usage } from '../deciding/command.ts';
import { claimFrom, findSession } from '../deciding/find-session.ts';
import { words } from '../wording/words.ts';

export const renameCommand: Command = {
  name: 'rename',
  usage: '/rename <new name>',
  example: '/rename website',
  description: 'Give this session another name',
  async decide({ args: [typed, ...more] }, origin, around) {
    if (typed === undefined || more.length > 0) return usage(renameCommand);
    const active = await activeSession(origin, around);
    if ('say' in active) return active;
    const claimed = await claimFrom(typed, active.card, around, { renames: true });
    if (!('name' in claimed)) return claimed;
    // What is said here from now on waits in the new name's queue until the name is given.
    return { ...inTurn(active.card, origin, { kind: 'rename', to: claimed.name }), activate: claimed.name };
  },
};

export const archiveCommand: Command = {
  name: 'archive',
  usage: '/archive [name]',
  example: '/archive web',
  description: 'Put a session away; /restore brings it back',
  async decide({ args }, origin, around) {
    if (args.length > 1) return usage(archiveCommand);
    const found = await findSession(args[0], origin, around);
    if (!('card' in found)) return found;
    return found.card.archived
      ? { say: words.archived(found.card.name) }
      : inTurn(found.card, origin, { kind: 'archive' });
  },
};

export const restoreCommand: Command = {
  name: 'restore',
  usage: '/restore <name>',
  example: '/restore web',
  description: 'Bring an archived session back and switch to it',
  async decide({ args: [typed, ...more] }, origin, around) {
    if (typed === undefined || more.length > 0) return usage(restoreCommand);
    const found = await findSession(typed, origin, around);
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
  async decide({ args: [typed, word, ...more] }, origin, around) {
    if (typed === undefined || more.length > 0) return usage(deleteCommand);
    const found = await findSession(typed, origin, around);
    if (!('card' in found)) return found;
    const { name, claimedBy, createdAt } = found.card;
    // The button's command names this very session: it must not delete a later one of the same name.
    const itself = createdAt.toString(36);
    if (word === itself) return inTurn(found.card, origin, { kind: 'delete', claimedBy });
    if (word !== undefined) return { say: words.deleteIsOld(name) };
    return controlOf(found.card, origin, { kind: 'ask-delete', confirmed: `/delete ${name} ${itself}` });
  },
};
