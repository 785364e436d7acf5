import { beginningOf, describeDuration, describeSize, MAX_DOWNLOAD_BYTES } from '@signalbox/contracts';
import { describeTokens } from './describe-tokens.ts';
import { SEND_FILE } from './tool-names.ts';

/** The worker's sentences in the chat. Those about sessions are fixed. */
export const words = {
  created: (name: string) => `Session '${name}' created.`,
  createdWith: (name: string, persona: string) => `Session '${name}' created with persona '${persona}'.`,
  alreadyExists: (name: string) => `Session '${name}' already exists. Use /session ${name} to switch to it.`,
  noSuchSession: (name: string) => `Session '${name}' doesn't exist. Use /new ${name} to create it.`,
  archived: (name: string) => `Session '${name}' is archived. Use /restore ${name} to bring it back.`,
  restored: (name: string) => `Session '${name}' is back. Just write.`,
  alreadyThere: (name: string) => `'${name}' is there already`,
  renamed: (name: string, to: string) => `Session '${name}' is called '${to}' now.`,
  notRenamed: (name: string, reason: string) => `⚠️ Session '${name}' keeps its name: ${reason}.`,
  forked: (name: string, to: string) =>
    `Session '${to}' goes on from a copy of '${name}'. What you write here goes to '${to}'; /session ${name} takes you back.`,
  notForked: (name: string, reason: string) => `⚠️ Session '${name}' could not be copied: ${reason}.`,
  deleted: (name: string, directory: string | undefined) =>
    `Session '${name}' is deleted.${directory === undefined ? '' : ` The files in ${directory} are untouched.`}`,
  notDeleted: (name: string) => `Nothing was deleted: that was about an earlier session '${name}'.`,
  cleared: (name: string) => `A new conversation in session '${name}'. Its files are as they were.`,
  bringBack: 'Bring the old conversation back',
  rewound: (message: string, turns: number) =>
    `The conversation is back to before “${message}”: Claude knows ${countOf(turns)}. Files are as they were.`,
  broughtBack: (turns: number) =>
    `The old conversation is back: Claude knows ${countOf(turns)}. Files are as they were.`,
  nothingToRewind:
    'That is not in this conversation, or there is nothing behind it: nothing was changed. /rewind shows what there is.',
  rewindTo: (name: string) =>
    `Go back in session '${name}' to before which message? Claude forgets it and what came after; files are not touched. What is left can be brought back.`,
  nothingSaid: (name: string) => `Nothing was said in this conversation of session '${name}' yet.`,
  compacted: (before: number | undefined, after: number | undefined) =>
    `The conversation was replaced by a summary${before && after ? `: ${describeTokens(before)} → ${describeTokens(after)} tokens` : ''}.`,
  notCompacted: (reason: string) =>
    `⚠️ The conversation could not be replaced by a summary, and is as it was: ${reason.trim() || 'Claude gave no reason'}\n/compact tries it again, /rewind goes back to before a message, /clear begins a new conversation.`,
  tooShortToCompact: 'There is nothing to summarise yet.',
  notYetThere: (name: string, awaits: string) =>
    `Session '${name}' is still to be made: it waits for what session '${awaits}' is at. Try again then.`,
  unreadable: (name: string) => `The files of session '${name}' cannot be read. Its next turn will say more.`,
  settingsSetAside: (name: string) =>
    `⚠️ The settings of session '${name}' could not be read. They were set aside, and begin anew.`,
  modelNotOffered: (model: string, offered: readonly string[]) =>
    `Claude Code does not offer a model '${model}'. It offers: ${offered.join(', ')}. Another one may work with your account; if it does not, each message will say so.`,
  allowedHere: 'Always allowed here (a button takes it back):',
  olderRules: (count: number) => `… and ${count} older`,
  revoked: (rule: string) => `✖ No longer allowed unasked, from the next turn on: ${rule}`,
  notAllowedHere: 'This is not always allowed here: Claude asks first.',
  countsLater: 'This counts from the next turn.',
  askDelete: (name: string, confirmed: string) =>
    `Delete session '${name}' with all files in its workspace? This cannot be undone.\nWithout buttons: ${confirmed}`,
  nothingToExport: (name: string) => `There is nothing in session '${name}' yet.`,
  exported: (name: string) => `The conversation of session '${name}'.`,
  nothingToContinue: (name: string) => `There is nothing to continue in session '${name}' yet.`,
  atTheDesk: (host: string, isActive: boolean) =>
    `On ${host}. Do not write here while you work there: two at once would split the conversation.${isActive ? ' Claude still runs for this chat; it ends when the session has been idle for a while.' : ''}`,
  nothingRuns: (name: string) => `No tool runs in session '${name}' now.`,
  historyGone: (loss: keyof typeof LOSSES) =>
    `⚠️ The conversation's history is gone: ${LOSSES[loss]}. Claude would not remember ${loss === 'cut off' ? 'the end of it' : 'what was said'}.`,
  historyIsGone: (loss: keyof typeof LOSSES) => `its history is gone, ${LOSSES[loss]}`,
  knownOnly: (known: string, loss: keyof typeof LOSSES) => `${known} (the history is gone: ${LOSSES[loss]})`,
  historyRestored: (name: string) =>
    `The history of session '${name}' was missing in Claude's directory, and was put back from the copy that is kept of it.`,
  refusedAgain: (advice: string) =>
    `⚠️ ${advice}\n\nThat is the second time in a row, so it will not pass by itself. Each of these leads on; files stay as they are.`,
  resuming: (idleMs: number) => `Resuming session (idle for ${describeDuration(idleMs)})…`,
  late: (agoMs: number) => `⏱ Handling a message sent ${describeDuration(agoMs)} ago.`,
  continuing: 'Continuing after a restart…',
  unknownPersona: (persona: string, known: readonly string[]) =>
    `There is no persona '${persona}'. These are there: ${known.join(', ') || 'none'}.`,
  notCreated: (name: string, reason: string) => `⚠️ Session '${name}' could not be created: ${reason}`,
  notHandled: (problem: string) => `⚠️ This message could not be handled: ${problem} Then send it again.`,
  notNoted: (session: string, problem: string) =>
    `⚠️ Claude has answered, but the state of session '${session}' is not kept: ${problem}`,
  notKept: (dir: string) =>
    `⚠️ Claude cannot write to ${dir}, so it does not keep this conversation: after a pause or a restart it will not remember it. Give the worker’s user the right to write there, or free some space.`,
  failed: (advice: string) => `⚠️ ${advice}`,
  bypassNotAllowed:
    '⚠️ bypassPermissions is not allowed here: nobody would be asked any more. Whoever runs this worker can allow it with PERMISSION_MODE=bypassPermissions.',
  interrupted: 'Interrupted.',
  stopped: (by: string | undefined) => (by === undefined ? '⏹ Stopped.' : `⏹ Stopped by ${by}.`),
  saidNothing: 'Claude finished without saying anything.',
  gaveUp: (tries: number) =>
    `⚠️ This message was tried ${tries} times, and each time its worker went down. It is set aside; the session goes on with the next message.`,
  commandGaveUp: (tries: number) =>
    `⚠️ This command was tried ${tries} times, and each time its worker went down. It is not tried again.`,
  limited: (until: number) =>
    `⏸ Claude's usage limit is reached. This session waits, and goes on by itself at ${describeTime(until)}.`,
  silent: (forMs: number) => `Claude has given no sign of life for ${describeDuration(forMs)}. Interrupting it…`,
  cutOff: (tools: string) =>
    ['⚠️ A restart cut this message off. It is not continued, as the session is set to.', tools].join('\n\n').trim(),
  askToContinue: (tools: string) =>
    `⏸ A restart cut this message off while Claude was at work:\n\n${tools}\n\nContinue? Claude sees what was done; what was cut off may run again. The session waits for your answer.`,
  fileTooLarge: `it is larger than ${describeSize(MAX_DOWNLOAD_BYTES)}, the most that Telegram gives a bot`,
  fileLate: (ms: number) => (ms === 0 ? 'no bot brought it' : `no bot brought it within ${describeDuration(ms)}`),
  fileNotTaken: (name: string, problem: string) =>
    `⚠️ ${beginningOf(name, 64)} could not be taken: ${problem}. Claude gets the rest of the message.`,
  heard: (text: string) => `🎙 “${text}”`,
  noTranscription:
    '🎙 Claude has the recording as a file, but nobody turns it into text here. For that, set TRANSCRIBE_COMMAND to a command that prints what is said in a file (docs/configuration.md).',
  notTranscribed: (problem: string) =>
    `⚠️ TRANSCRIBE_COMMAND could not turn this recording into text: ${problem}. Claude has it as a file.`,
  lateLost: (session: string) =>
    `⚠️ A background task of session '${session}' has ended, but what Claude was about to say of it was lost in a restart. Ask for it.`,
  backgroundCutOff: (session: string) =>
    `⚠️ A background task of session '${session}' was cut off: its Claude process ended.`,
  watchBug: (name: string) =>
    `⚠️ A look at ${name} failed through an error of the watch itself, of which the worker’s log has the details; the next look goes on.`,
  unforeseen: '⚠️ Something unforeseen went wrong, so this could not be done; the worker’s log has the details.',
  metadataSetAside: (session: string, file: string) =>
    `⚠️ The metadata of session '${session}' could not be read. It was set aside as ${file}, and the session begins a new conversation.`,
  metadataMissing: (session: string) =>
    `⚠️ The metadata of session '${session}' was missing. The session begins a new conversation.`,
  personaSetAside: (session: string, persona: string, file: string | undefined) =>
    `⚠️ The persona of session '${session}' could not be read.${file ? ` It was set aside as ${file}, and` : ' It was missing, and'} '${persona}' was copied from the library again.`,
} as const;

function countOf(turns: number): string {
  return turns === 0 ? 'nothing' : `${turns} ${turns === 1 ? 'turn' : 'turns'}`;
}

/** What is wrong with a transcript. */
const LOSSES = {
  missing: "the file is missing in Claude's directory",
  empty: "the file in Claude's directory is empty",
  'cut off': "the file in Claude's directory is cut off",
} as const;

/** A time as a person in another place can read it: "14:30 UTC", with the date if that is another day. */
function describeTime(at: number): string {
  const [date, time] = new Date(at).toISOString().split('T');
  const today = new Date().toISOString().startsWith(date ?? '');
  return `${today ? '' : `${date} `}${time?.slice(0, 5)} UTC`;
}

/** What Claude is told of the chat, besides its persona. */
export const prompts = {
  files: (inbox: string) =>
    `Files that the person sends lie in ${inbox}; to send files to the chat, use the tool ${SEND_FILE}.`,
} as const;

/** What Claude is told when a tool would need a permission that nobody can give. */
export const denials = {
  expired:
    'The person in the chat did not answer in time, so this was not done. Say so, and go on without it if you can.',
  denied: (reason: string) =>
    reason === ''
      ? 'The person in the chat does not want this to be done. Do not try to do it another way; go on without it, or ask what to do instead.'
      : `The person in the chat does not want this to be done, and says: ${reason}`,
  keepPlanning: (wish: string) =>
    wish === ''
      ? 'The person in the chat wants you to keep planning. Ask what should be different.'
      : `The person in the chat wants you to keep planning, and says: ${wish}`,
  unreadable: 'This question could not be shown. Ask in plain text instead and end your turn.',
} as const;
