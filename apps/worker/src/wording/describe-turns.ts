import type { PastTurn } from '@signalbox/claude';
import { describeDuration, type MenuButton } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import type { Metadata } from '@signalbox/sessions';
import { cutText } from './cut-text.ts';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

/** Longest beginning of a message, in UTF-16 units. */
const LONGEST = 60;
/** How many turns are offered. */
const OFFERED = 10;

/** The beginning of a turn's message, on one line. */
export function describeTurn({ text }: Pick<PastTurn, 'text'>, redactBeginning: Redact): string {
  return cutText(text.replaceAll(/\s+/g, ' ').trim(), LONGEST, redactBeginning);
}

/** How much of a conversation Claude knows, in words. */
export function describeKnown(turns: readonly PastTurn[]): string {
  const known = turns.filter(({ isSummarised }) => !isSummarised).length;
  const count = `${known} ${known === 1 ? 'turn' : 'turns'}`;
  if (known === turns.length) return known === 0 ? 'nothing yet' : count;
  return `${count}, and a summary of ${turns.length - known} before`;
}

/** The last turns of a conversation, with a button for each to go back to before it. `nothing`: what is said if there are none. */
export function describeTurns(
  session: string,
  turns: readonly PastTurn[],
  { earlier = [] }: Pick<Metadata, 'earlier'>,
  { now, nothing, redactBeginning }: { now: number; nothing: string; redactBeginning: Redact },
): Shown {
  const left = earlier.at(-1);
  const back: MenuButton[][] = left
    ? [[{ label: words.bringBack, act: { do: 'command', text: `/rewind ${left.claudeSessionId} ${session}` } }]]
    : [];
  const rows = turns.slice(-OFFERED).map((turn): MenuButton[] => {
    const age = turn.at === undefined ? '' : ` · ${describeDuration(now - turn.at)} ago`;
    const label = `↩ ${describeTurn(turn, redactBeginning) || 'a message without text'}${age}`;
    return [{ label, act: { do: 'command', text: `/rewind ${turn.uuid} ${session}` } }];
  });
  if (rows.length + back.length === 0) return { kind: 'text', text: nothing };
  const text = rows.length > 0 ? words.rewindTo(session) : nothing;
  return { kind: 'menu', text, plain: true, rows: [...rows, ...back], once: false };
}
