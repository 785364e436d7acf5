import { type Act, type Button, choiceSchema, type FileRef, type ShownFile } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import type { Redact } from '@signalbox/service';

/** Fields that are names of the project's own or Telegram's, not anybody's text: without them nobody could read the rest. */
const STRUCTURE = new Set('kind session turn state about file to request questionId textAnswers'.split(' '));

/** The two ways by which words leave this worker for a chat. */
type Outgoing = Pick<Queues, 'addJob' | 'publishLive'>;

/**
 * Everything that leaves this worker for a chat, passed through the redactor: a tool of Claude's may print what it can see, Claude's own
 * key included, and what is in a queue is also in Redis, in the dashboard and in Telegram.
 */
export function redactReplies({ addJob, publishLive }: Outgoing, redact: Redact): Outgoing {
  // String by string: a secret of digits may stand in the id of a chat.
  const cleanStrings = (_key: string, value: unknown) => (typeof value === 'string' ? redact(value) : value);
  const cleanField = (key: string, value: unknown): unknown => {
    if (STRUCTURE.has(key) || value === undefined) return value;
    if (key === 'rows') return (value as Button[][]).map((row) => row.map((button) => cleanButton(button, redact)));
    if (key === 'files') return (value as (ShownFile | FileRef)[]).map((file) => cleanFile(file, redact));
    return JSON.parse(JSON.stringify(value), cleanStrings);
  };
  const clean = <T extends object>(data: T): T =>
    Object.fromEntries(Object.entries(data).map(([key, value]) => [key, cleanField(key, value)])) as T;
  return {
    addJob: (queue, entry) => addJob(queue, { ...entry, data: clean(entry.data) }),
    publishLive: (frame) => publishLive(clean(frame)),
  };
}

/** Of a file only its name is anybody's text. */
function cleanFile<File extends ShownFile | FileRef>(file: File, redact: Redact): File {
  return file.name === undefined ? file : { ...file, name: redact(file.name) };
}

/** What a button does is ours, but for an option of Claude's, whose words are its label as well. */
function cleanButton({ label, act }: Button, redact: Redact): Button {
  const shown = redact(label);
  return { label: shown, act: shown === label ? act : cleanOption(act, redact) };
}

function cleanOption(act: Act, redact: Redact): Act {
  if (act.do === 'answer' && choiceSchema.safeParse(act.value).success) return act;
  return act.do === 'answer' || act.do === 'tick' ? { ...act, value: redact(act.value) } : act;
}
