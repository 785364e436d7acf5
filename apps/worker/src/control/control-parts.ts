import type { ControlJob } from '@signalbox/contracts';
import type { Shown } from '../output/publish.ts';
import type { SessionParts } from '../session/session-parts.ts';

/** What answering a session's command beside its turn needs from the worker. It may be another than the one that is at the turn. */
export type ControlParts = Pick<
  SessionParts,
  'store' | 'redactBeginning' | 'library' | 'claude' | 'queues' | 'log' | 'pool' | 'inactivityMs'
>;

export type ControlJobOf<Kind extends ControlJob['kind']> = Extract<ControlJob, { kind: Kind }>;

export function text(words: string): Shown {
  return { kind: 'text', text: words };
}

/** Words of code within a line of Markdown, whatever is in them. */
export function code(words: string): string {
  return `\`${words.replaceAll('`', "'")}\``;
}

/** Code as a Markdown block, whatever is in it. */
export function codeBlock(content: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, ...[...content.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${language}\n${content}\n${fence}`;
}
