import { createHash } from 'node:crypto';
import { type ControlJob, type MenuButton, shorten } from '@signalbox/contracts';
import { allowLess, type SessionStore } from '@signalbox/sessions';
import { showHidden } from '../wording/markdown.ts';
import { words } from '../wording/words.ts';

/** How many rules are listed with a button each, the newest first. */
const MOST_LISTED = 16;
/** Longest rule that is shown, in a line and on a button, in UTF-16 units. */
const LONGEST_LINE = 200;
const LONGEST_LABEL = 44;

/** What was always allowed in a session, to be shown: a line and a button for each. */
export interface ListedRules {
  readonly lines: readonly string[];
  readonly rows: MenuButton[][];
}

/** Lists what “Always here” has allowed, with a button that takes each back. Pure. */
export function listRules(allowed: readonly string[] = []): ListedRules {
  const listed = allowed.toReversed().slice(0, MOST_LISTED);
  if (listed.length === 0) return { lines: [], rows: [] };
  const older = allowed.length - listed.length;
  return {
    lines: [
      words.allowedHere,
      ...listed.map((rule, index) => `${index + 1}. ${shorten(showHidden(rule), LONGEST_LINE)}`),
      ...(older > 0 ? [words.olderRules(older)] : []),
    ],
    rows: listed.map((rule, index) => [
      {
        label: shorten(`✖ ${index + 1}. ${showHidden(rule)}`, LONGEST_LABEL),
        act: { do: 'command', text: `/mode revoke ${markOf(rule)}` },
      },
    ]),
  };
}

/** Takes back what was always allowed. Resolves to what is said of it; done again it has no further effect. */
export async function revokeRule(
  { session, rule: named }: Extract<ControlJob, { kind: 'revoke' }>,
  store: Pick<SessionStore, 'readSettings' | 'writeSettings'>,
): Promise<string> {
  const read = await store.readSettings(session);
  if (read.status === 'corrupt') return words.settingsSetAside(session);
  const settings = read.status === 'ok' ? read.value : {};
  const rule = settings.allowed?.find((each) => each === named || markOf(each) === named);
  if (rule === undefined) return words.notAllowedHere;
  await store.writeSettings(session, allowLess(settings, rule));
  return words.revoked(shorten(showHidden(rule), LONGEST_LINE));
}

/** Names a rule in a button's command: a rule may hold anything, and what looks like a secret is taken out on its way to the chat. */
function markOf(rule: string): string {
  return createHash('sha256').update(rule).digest('base64url').slice(0, 12);
}
