import type { Metadata } from '@signalbox/sessions';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';

/** Words about a conversation that has taken the place of another one, with a button that brings that back. */
export function showLeft(session: string, { earlier = [] }: Pick<Metadata, 'earlier'>, text: string): Shown {
  const left = earlier.at(-1);
  if (!left) return { kind: 'text', text };
  const command = `/rewind ${left.claudeSessionId} ${session}`;
  const button = { label: words.bringBack, act: { do: 'command', text: command } } as const;
  return { kind: 'menu', text, plain: true, rows: [[button]], once: true };
}
