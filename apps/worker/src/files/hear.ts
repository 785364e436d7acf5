import { isSpeech } from '@signalbox/contracts';
import { words } from '../wording/words.ts';
import type { Arrival, FileRun } from './arrival.ts';
import type { Inbox } from './inbox.ts';
import type { Transcribe } from './transcribe.ts';

/**
 * What is said in a recording of a message; `undefined` if that is not known, and the chat says why. What was heard is shown in the chat, and
 * kept beside the recording: a message that is continued is not transcribed anew. Rejects when the run's signal is aborted.
 */
export async function hear(
  { marker, notice, signal }: FileRun,
  { file, name, index, origin, isOfReplied }: Arrival,
  inbox: Inbox,
  transcribe: Transcribe | undefined,
): Promise<string | undefined> {
  if (!isSpeech(file)) return undefined;
  const tell = (text: string) => notice(`speech-${index}`, origin, text);
  if (!transcribe) {
    // A piece of music is nothing to wonder about.
    if (file.kind !== 'audio') await tell(words.noTranscription);
    return undefined;
  }
  const kept = `${name}.txt`;
  const isNew = (await inbox.sizeOf(kept)) === undefined;
  if (isNew) {
    const transcript = await transcribe(inbox.pathOf(name), { marker, signal });
    if (transcript.status === 'failed') {
      await tell(words.notTranscribed(transcript.problem));
      return undefined;
    }
    await inbox.write(kept, [Buffer.from(transcript.text)]);
  }
  const text = (await inbox.read(kept)).toString('utf8');
  // What an earlier message said was told then.
  if (isNew || !isOfReplied) await tell(words.heard(text));
  return text;
}
