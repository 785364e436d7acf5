import type { ChatRecord } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { ShownMessage } from '../cloud/shown-message.ts';
import type { Change, WaitOptions, Watch } from '../cloud/watch.ts';
import { dumpChat } from './dump-chat.ts';
import type { Looks } from './looks.ts';
import { titleOf } from './roster.ts';

/** Where to look; everything left out means everywhere. */
type Where = { chat?: number; thread?: number };

/** Waiting for what people see, without polling and without fixed times. */
export type Waits = {
  /** Calls back after every change. Returns what stops that. */
  on(event: 'change', listener: (change: Change) => void): () => void;
  /**
   * Waits until `look` finds something truthy in the shown messages, and resolves to it.
   * @throws Error with the chat written down when the time is over
   */
  waitFor<T>(
    look: (messages: ShownMessage[]) => T | undefined | null | false,
    options?: WaitOptions & Where,
  ): Promise<T>;
  /** Waits for the first shown message that matches. */
  waitForMessage(matches: (message: ShownMessage) => boolean, options?: WaitOptions & Where): Promise<ShownMessage>;
  /** A chat, or all, written down for people. */
  dump(where?: Where): string;
};

/** Makes what waits for the messages of this cloud. */
export function createWaits(cloud: Cloud, watch: Watch, messages: Looks['messages']): Waits {
  const chosen = ({ chat }: Where) =>
    cloud.chats.all().filter((record) => chat === undefined || record.chat.id === chat);
  const dump = (where: Where = {}) => {
    const write = (record: ChatRecord) => {
      const { id } = record.chat;
      const draft = cloud.drafts.current(id, where.thread);
      return dumpChat(`Chat ${id} (${titleOf(record)})`, messages(id, where.thread), draft);
    };
    return chosen(where).map(write).join('\n');
  };
  const waitFor: Waits['waitFor'] = (find, wait = {}) => {
    const look = () => find(chosen(wait).flatMap(({ chat }) => messages(chat.id, wait.thread)));
    return watch.waitFor(look, () => dump(wait), wait);
  };
  return {
    on: (_event, listener) => watch.on(listener),
    waitFor,
    waitForMessage: (matches, wait) => waitFor((shown) => shown.find(matches), wait),
    dump,
  };
}
