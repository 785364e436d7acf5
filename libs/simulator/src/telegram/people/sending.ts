import { cutText } from '../../common/cut-text.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type ShownMessage, showMessage } from '../cloud/shown-message.ts';
import type { MessageEntity } from '../protocol/api-types.ts';
import { MAX_TEXT, textFields } from '../texts/prepare-text.ts';
import type { SendAlbum, SendFile } from './post-files.ts';
import { postAlbum, postFile, postSticker } from './post-files.ts';
import { type Extras, type Place, post, type Spoken, wanted } from './post-message.ts';

/** A text that a person sends. */
type Say = Place & Extras & { text: string; entities?: MessageEntity[] };

/** A message of a person and the id of the update that brings it to the bot. */
type Sent = { updateId: number; message: ShownMessage };

/** What people send. Each throws an Error that says why it is not possible. */
export type Sending = {
  /** Sends a text; longer than 4096 UTF-16 units it is split as the apps do, and `parts` has them all. */
  say(say: Say): Sent & { parts: Sent[] };
  /** Sends several texts, which become visible to getUpdates at once. */
  sayBatch(says: readonly Say[]): Sent[];
  sendFile(send: SendFile): Sent;
  /** Sends an album: all its updates become visible at once. */
  sendAlbum(send: SendAlbum): Sent[];
  sendSticker(place: Place & Extras & { emoji: string }): Sent;
  /** Sends what the apps can and this simulator has no word for: fields of a message as the Bot API writes them. */
  sendContent(send: Place & Extras & { content: Readonly<Record<string, unknown>> }): Sent;
};

/** Makes what people send in this cloud. Each message and its update are added in one step. */
export function createSending(cloud: Cloud): Sending {
  const deliver = (spoken: readonly Spoken[]): Sent[] => {
    const ids = cloud.updates.add(spoken.map(({ content }) => content));
    return spoken.map(({ record }, at) => ({ updateId: wanted(ids[at]), message: showMessage(record) }));
  };
  const one = (spoken: Spoken): Sent => first(deliver([spoken]));
  return {
    say(say) {
      const parts = deliver(speak(cloud, say));
      return { ...first(parts), parts };
    },
    sayBatch: (says) => deliver(says.flatMap((say) => speak(cloud, say))),
    sendFile: (send) => one(postFile(cloud, send)),
    sendAlbum: (send) => deliver(postAlbum(cloud, send)),
    sendSticker: (place) => one(postSticker(cloud, place)),
    sendContent: ({ content, ...place }) => one(post(cloud, place, content)),
  };
}

/** Adds the message or messages of a text: an app splits what is longer than a message may be. */
function speak(cloud: Cloud, say: Say): Spoken[] {
  const pieces = splitAsApps(say.text);
  return pieces.map((text) => {
    const fields = textFields({ text, entities: pieces.length === 1 ? say.entities : undefined });
    if (fields.text === '') throw new Error('A person cannot send an empty text');
    return post(cloud, say, fields);
  });
}

/** The apps cut a long text at a line or a space if there is one near the end of a piece. */
function splitAsApps(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > MAX_TEXT) {
    const piece = cutText(rest, MAX_TEXT);
    const gap = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf(' '));
    pieces.push(gap > MAX_TEXT / 2 ? piece.slice(0, gap + 1) : piece);
    rest = rest.slice(pieces.at(-1)?.length);
  }
  return [...pieces, rest].filter((piece, at) => at === 0 || piece.trim() !== '');
}

function first(sent: readonly Sent[]): Sent {
  const [found] = sent;
  if (found === undefined) throw new Error('Nothing was sent');
  return found;
}
