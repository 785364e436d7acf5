import type { FileRef } from '@signalbox/contracts';
import type { ImageInfo } from './images/detect-image.ts';

/** A file of a message as Claude gets it. */
export type TakenFile = {
  /** Which of the messages of a turn it came with, the first being 0. */
  readonly part: number;
  /** That message replies to it. */
  readonly isOfReplied?: boolean;
  readonly file: FileRef;
} & (
  | {
      readonly status: 'here';
      readonly path: string;
      /** In bytes. */
      readonly size: number;
      /** Shown to the model, if it is an image that it takes. */
      readonly image?: { readonly mediaType: ImageInfo['mediaType']; readonly bytes: Buffer };
      /** What is said in it, if it was transcribed. */
      readonly speech?: string;
    }
  | { readonly status: 'missing'; readonly problem: string }
);
