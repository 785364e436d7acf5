import type { Origin, Reply } from '@signalbox/contracts';

type Placeless<T> = T extends Reply ? Omit<T, 'version' | 'session' | 'place'> : never;

/** What a reply shows, apart from where: what answers a command is told by those who know the answer, and sent by others. */
export type Shown = Placeless<Reply>;

/** Where a word of ours goes; it answers the message if `messageId` is given. */
export type To = Pick<Origin, 'place'> & { messageId?: number };
