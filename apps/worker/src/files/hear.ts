import { isSpeech } from '@signalbox/contracts';
import type { MessageRun } from '../turn/message-run.ts';
import { words } from '../wording/words.ts';
import type { Arrival } from './arrival.ts';
import type { Inbox } from './inbox.ts';

/**
 * What is said in a recording of a message; `undefined` if that is not known, and the chat says why. What was heard is shown in the chat, and
 * kept beside the recording: a message that is continued is not transcribed anew. Rejects when the run's signal is aborted.
 */
export async function hear(
  { job, taken, parts, publisher, signal }: MessageRun,
  { file, name, index, origin }: Arrival,
  inbox: Inbox,
): Promise<string | undefined> {
  if (!isSpeech(file)) return undefined;
  const tell = (text: string) => publisher.notice(taken.id, `speech-${index}`, origin, text);
  if (!parts.transcribe) {
    // A piece of music is nothing to wonder about.
    if (file.kind !== 'audio') await tell(words.noTranscription);
    return undefined;
  }
  const kept = `${name}.txt`;
  if ((await inbox.sizeOf(kept)) === undefined) {
    const marker = parts.store.paths(job.session).dir;
    const transcript = await parts.transcribe(inbox.pathOf(name), { marker, signal });
    if (transcript.status === 'failed') {
      await tell(words.notTranscribed(transcript.problem));
      return undefined;
    }
    await inbox.write(kept, [Buffer.from(transcript.text)]);
  }
  const text = (await inbox.read(kept)).toString('utf8');
  await tell(words.heard(text));
  return text;
}
