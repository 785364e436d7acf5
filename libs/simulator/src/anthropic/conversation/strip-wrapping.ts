/** Marks the texts of the people inside the summary that the simulated model writes when a conversation is compacted. */
const SUMMARY_LINE = /^said: (".*")$/gm;

/** How texts begin that the CLI writes in the user's role although no person wrote them. */
const WRITTEN_BY_THE_CLI = [
  'Continue from where you left off.',
  '[Request interrupted by user',
  '<command-name>',
  '<command-message>',
  '<local-command-',
  // Where it keeps an image that came with the message.
  '[Image: source:',
];

/** The hidden prompt with which the CLI goes on after a restart in the middle of a turn. */
export const RESUME_PROMPT = 'Continue from where you left off.';

/** What the CLI's report holds, inside a reminder, that a background task has ended. */
export const TASK_NOTICE = '<task-notification>';

/** Removes what the CLI adds around a person's text: its reminders, and whole texts of its own. */
export function stripWrapping(text: string): string {
  const bare = text.replace(/<system-reminder>[\s\S]*?<\/system-reminder>/g, '').trim();
  return WRITTEN_BY_THE_CLI.some((start) => bare.startsWith(start)) ? '' : bare;
}

/** True for the prompt with which the CLI asks for a summary of the conversation (`/compact`). */
export function asksForSummary(text: string): boolean {
  return text.includes('Your task is to create a detailed summary of the conversation');
}

/** True for the text that opens a conversation after it was compacted. */
export function opensCompacted(text: string): boolean {
  return text.startsWith('This session is being continued from a previous conversation');
}

/** The summary the simulated model answers with: every text of the people, so that memory survives compaction. */
export function writeSummary(userTexts: readonly string[]): string {
  // What the API would not take is in none of its summaries.
  const lines = userTexts.map((text) => `said: ${JSON.stringify(text.replaceAll(/\[\[spoil [^\]]*\]\]/g, ''))}`);
  return `<summary>\nThe person wrote, oldest first:\n${lines.join('\n')}\n</summary>`;
}

/** The texts of the people that {@link writeSummary} put into a summary. */
export function readSummary(text: string): string[] {
  return [...text.matchAll(SUMMARY_LINE)].map((match) => String(JSON.parse(match[1] ?? '""')));
}
