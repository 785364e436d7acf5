import type { FileRef, Origin, Replied } from '@signalbox/contracts';
import type { Press } from '../../asking/press.ts';
import type { DraftStop } from '../../live/stop-button.ts';

/** Who caused an update, and where. */
export interface Sender {
  readonly userId: number;
  readonly chatId: number;
  readonly isPrivate: boolean;
}

/** What an update asks for. */
export type Incoming =
  | ({
      kind: 'text';
      origin: Origin;
      /** As it was typed. Empty only if there are files: then it is their caption. */
      text: string;
      files?: readonly FileRef[];
      album?: string;
    } & Around)
  | ({ kind: 'unsupported'; origin: Origin; what: string; caption?: string } & Around)
  | ({ kind: 'edited'; origin: Origin } & Edited)
  | ({ kind: 'stop' } & DraftStop)
  | ({ kind: 'button' } & Press);

/** A message as it reads now. */
export interface Edited {
  text: string;
  markdown?: string;
  files?: readonly FileRef[];
  /** Somebody shares where they are, and has moved. */
  isMoving?: boolean;
  /** When it was edited, in ms since the epoch, if that is told. */
  editedAt?: number;
}

/** What there is to a text besides its characters. */
export interface Around {
  /** The text with its formatting, if it has any. */
  markdown?: string;
  forwardedFrom?: string;
  /** What it replies to: the message, what that holds, and the album that this is part of. */
  repliesTo?: number;
  replied?: Replied;
  repliedAlbum?: string;
}

/** What a person wrote, and not what they pressed. */
export type Said = Exclude<Incoming, { kind: 'button' | 'stop' }>;
