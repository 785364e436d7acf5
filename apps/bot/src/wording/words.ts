import { describeSize, type FileRef, MAX_DOWNLOAD_BYTES, POOL_RULE, shorten, whyNoName } from '@signalbox/contracts';

/** What becomes of the part of a message that can be taken. */
export type Fate = 'was passed on' | 'is kept';

/** The sentences of the chat. Those about sessions are fixed: people and tools rely on them to the letter. */
export const words = {
  alreadyExists: (name: string) => `Session '${name}' already exists. Use /session ${name} to switch to it.`,
  switched: (name: string) => `Switched to session '${name}'.`,
  noSuchSession: (name: string) => `Session '${name}' doesn't exist. Use /new ${name} to create it.`,
  noActiveSession: 'No active session. Use /new <name> to start one.',
  keptWithoutSession: (count: number) =>
    count === 1 ? words.noActiveSession : `${words.noActiveSession}\n${count} messages are kept for it.`,
  startWith: (count: number) => `Start a session with ${count === 1 ? 'it' : 'them'}`,
  keptStill: (count: number) =>
    count === 1
      ? 'A message that you wrote here before is kept.'
      : `${count} messages that were written here before are kept.`,
  passKeptOn: (session: string) => `Give to '${session}'`,
  dropKept: 'Drop',
  nothingKept: 'Nothing is kept here: it was passed on, or dropped.',
  usage: (usage: string, example: string, hint?: string) =>
    [`Usage: ${usage}`, `Example: ${example}`, ...(hint === undefined ? [] : [hint])].join('\n'),
  badName: (typed: string) => `“${short(typed)}” can't be a name. ${whyNoName(typed)}`,
  noSpaces: (joined: string) => `Names have no spaces. If that was to be one name: ${joined}`,
  badPool: (typed: string) => `“@${short(typed)}” can't be a pool. ${POOL_RULE}`,
  unknownPersona: (typed: string, known: readonly { name: string; description: string }[], hint?: string) =>
    [
      `There is no persona “${short(typed)}”.${known.length > 0 ? ' These are there:' : ''}`,
      ...known.map((p) => `${p.name} – ${p.description}`),
      ...(hint === undefined ? [] : [hint]),
    ].join('\n'),
  poolIsUnknown: (pool: string, served: readonly string[]) =>
    `No worker has ever run in pool ${pool}, so what is said there would wait. ${served.length === 0 ? 'No worker runs at all.' : `Workers run in: ${served.join(', ')}.`}`,
  makeItAllTheSame: 'Make it all the same',
  cancel: 'Cancel',
  deleteIt: 'Delete',
  keepIt: 'Keep',
  askToForget: (name: string, pool: string) =>
    `Delete session '${name}'? No worker runs in pool ${pool}: what waits for the session is dropped and its name is free, but its files on the machines of that pool stay. If a worker runs there again, it is back.`,
  forgotten: (name: string) => `Session '${name}' is deleted.`,
  putAway: (name: string, pool: string) =>
    `Session '${name}' is put away. No worker runs in pool ${pool}; when one does, what waits there is done first. /restore ${name} brings it back.`,
  wasRenamed: (name: string, since: string) =>
    `Session '${name}' is called '${since}' now. Use /session ${since} to switch to it.`,
  archived: (name: string) => `Session '${name}' is archived. Use /restore ${name} to bring it back.`,
  speakerIsArchived: (name: string) =>
    `Session '${name}' is archived, so this was not passed on. Use /restore ${name}, then send it again.`,
  speakerIsGone: (name: string) =>
    `Session '${name}' doesn't exist any more, so this was not passed on. To talk to this place's session, send it without replying.`,
  notArchived: (name: string) => `Session '${name}' is not archived. Use /session ${name} to switch to it.`,
  deleteIsOld: (name: string) =>
    `Nothing was deleted: that was about an earlier session '${name}'. Use /delete ${name}.`,
  toOther: (session: string) => `→ session '${session}'`,
  hasTopic: (session: string) => `→ Session '${session}' has a topic of its own.`,
  noTopic: (reason: string) => `No topic could be made (${reason}), so the session is here.`,
  fromTopic: (session: string | undefined, topic: string | undefined, isClosed: boolean) => {
    const from = session === undefined ? 'From' : `From session '${session}', of`;
    const name = topic === undefined ? 'a topic' : `the topic “${short(topic)}”`;
    return `↪️ ${from} ${name} that is ${isClosed ? 'closed' : 'gone'}:`;
  },
  topicIsGone: (session: string) =>
    `Session '${session}' has lost its topic. What is said to it here reaches it after a press.`,
  talkHere: (session: string) => `Talk to '${session}' here`,
  groupMoved: 'This group is a supergroup now. Everything goes on here.',
  newGroupId: (from: number, to: number) =>
    `A group became a supergroup, and I went along. Its id is ${to} now: put that into TELEGRAM_ALLOWED_CHATS in place of ${from}, and into HOMELAB_WATCH_CHAT if it stands there.`,
  personas: (known: readonly { name: string; description: string }[]) =>
    [
      ...known.map((p) => `${p.name} – ${p.description}`),
      '',
      'Use /new <name> <persona>, or /persona <name> here.',
    ].join('\n'),
  unknownCommand: (typed: string, nearest: string | undefined) =>
    `I don't know /${short(typed)}.${nearest ? ` Did you mean /${nearest}?` : ''} /help shows what I can do.`,
  unsupported: (what: string, text: Fate | undefined) =>
    `I can't take ${what} yet. ${text === undefined ? 'Please send text.' : `Only the text ${text}.`}`,
  notPassedOn: (what: string) => `${what} can't be passed on yet`,
  onlyQuoted: 'of a message in another chat Telegram gives bots only what was quoted',
  albumIsOld: 'of this album Telegram gives only the file that was replied to',
  earlierTooLarge: (name: string) =>
    `${short(name)} is larger than ${describeSize(MAX_DOWNLOAD_BYTES)}, the most that Telegram gives a bot`,
  repliedMissing: (missing: string) => `⚠️ Claude doesn't get all of what you replied to: ${missing}.`,
  tooLarge: (files: readonly FileRef[], rest: Fate | undefined) =>
    [
      ...files.map(
        (file) => `⚠️ ${short(file.name ?? `This ${file.kind}`)} is too large: ${describeSize(file.size ?? 0)}.`,
      ),
      `Telegram gives bots files of up to ${describeSize(MAX_DOWNLOAD_BYTES)}. Send a smaller one, or put it where Claude can reach it and send the path.`,
      ...(rest === undefined ? [] : [`The rest of the message ${rest}.`]),
    ].join('\n'),
  notFetched: {
    tooLarge: `it is larger than ${describeSize(MAX_DOWNLOAD_BYTES)}, the most that Telegram gives a bot`,
    refused: (said: string) => `Telegram does not give it (${said})`,
    noAnswer: 'Telegram did not answer',
    unforeseen: 'something unforeseen happened, and the bot’s log has the details',
  },
  filesNotShown: (names: readonly string[], reason: string) =>
    `⚠️ ${names.map(short).join(', ')} could not be shown: ${reason}`,
  filesGone: 'the file is no longer in Redis. Ask Claude to send it again.',
  filesRefused: (said: string) => `Telegram refused it (${said}).`,
  waiting: (session: string, position: number) => `⏳ Waits in session '${session}': number ${position} in the queue.`,
  noWorker: (pool: string) => `No worker is running in pool ${pool}; your message waits.`,
  replyGaveUp: (tries: number) =>
    `⚠️ Something was to be shown here, but the bot went down over it ${tries} times. It is left out; /export holds what Claude said.`,
  nothingToStop: (session: string, waits: number) =>
    `Nothing is running in session '${session}'.${waits > 0 ? ` ${waits === 1 ? 'A message waits' : `${waits} messages wait`}: /queue shows what waits, /stop all drops messages.` : ''}`,
  dropped: (excerpts: readonly string[]) =>
    excerpts.length === 0
      ? 'Nothing was waiting.'
      : [
          `Dropped ${excerpts.length === 1 ? 'a message' : `${excerpts.length} messages`}:`,
          ...excerpts.slice(0, 20).map((each) => `• ${each}`),
          ...(excerpts.length > 20 ? [`… and ${excerpts.length - 20} more`] : []),
        ].join('\n'),
  editTooLate: 'Claude has this message already, so the change was not passed on. Send it as a new message.',
  editInVain: 'An edit of this has no effect. Send it as a new message.',
  edited: '✏️ The message in the queue was changed.',
  editedKept: '✏️ The message that is kept was changed.',
  answeredWithoutFile: 'Your answer was passed on, without the file that it replies to.',
  answered: (text: string, by: string) => `→ ${short(text)} (${by})`,
  stop: '⏹ Stop',
  thinking: '💭 Thinking…',
  heldUpBy: {
    answer: '✋ Waiting for your answer',
    retry: '⏳ The model gave no answer: it is asked again',
    compaction: '🗜 The conversation is summed up',
  },
  stopping: 'Stopping…',
  incidentIsOld: 'This was too long ago: what was found is no longer kept.',
  buttonIsOld: 'This button is no longer valid.',
  askedAnother: 'Only the person who was asked can answer this.',
  writeIt: 'Write it as your next message here.',
  waitsForText: (by: string) => `✍️ ${by}, write it as your next message here.`,
  takeBack: '↩ Back to the buttons',
  tickSomething: 'Mark at least one first.',
  alreadyAnswered: (by: string) => `${by} has answered already.`,
  alreadyChosen: (label: string, by: string) => `${by} has chosen “${label}” already.`,
  chosen: (label: string, by: string) => `→ ${label} (${by})`,
  noLongerPossible: (label: string) => `“${label}” is no longer possible: this is done or gone.`,
  notShown: '⚠️ Something could not be shown here: an unforeseen error, of which the bot’s log has the details.',
  notHandled: (isButton: boolean) =>
    `This ${isButton ? 'button' : 'message'} could not be handled: an unforeseen error, of which the bot’s log has the details.`,
} as const;

/** What a person typed, cut for repeating it. In UTF-16 units. */
function short(typed: string): string {
  return shorten(typed, 64);
}
