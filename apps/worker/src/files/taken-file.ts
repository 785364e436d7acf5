import type { FileRef } from '@signalbox/contracts';
import type { ImageInfo } from './detect-image.ts';

/** A file of a message as Claude gets it. */
export type TakenFile =
  | {
      readonly status: 'here';
      readonly file: FileRef;
      readonly path: string;
      /** In bytes. */
      readonly size: number;
      /** Shown to the model, if it is an image that it takes. */
      readonly image?: { readonly mediaType: ImageInfo['mediaType']; readonly bytes: Buffer };
      /** What is said in it, if it was transcribed. */
      readonly speech?: string;
    }
  | { readonly status: 'missing'; readonly file: FileRef; readonly problem: string };
