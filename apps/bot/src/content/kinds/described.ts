import type { FileRef } from '@signalbox/contracts';

/** What is said in words of something that a person sent, and the files in it. */
export interface Described {
  readonly text: string;
  readonly files?: readonly FileRef[];
}

/** Puts something of the Bot API into words; `undefined`: it is not of the shape that it should have. */
export type Describe = (sent: unknown) => Described | undefined;
