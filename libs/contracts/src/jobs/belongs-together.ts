import type { MessageJob } from './job.ts';

/** A part of a message as Telegram splits what a person sends at once. */
type Sent = Pick<MessageJob, 'origin' | 'text' | 'forwardedFrom'> & { readonly album?: string | undefined };

/** Clients split longer texts into messages of this length or a little less, at a space; in UTF-16 units. */
const SPLIT_FROM = 3_900;
/** Telegram states times in whole seconds: what is sent at once may lie this far apart, in ms. */
const AT_ONCE_MS = 1_000;

/** Whether `next`, which came directly behind `last`, was sent with it: an album, forwarded messages, the rest of a long text. */
export function belongsTogether(last: Sent, next: Sent): boolean {
  const isSamePerson = last.origin.userId === next.origin.userId;
  const isSamePlace =
    last.origin.place.chatId === next.origin.place.chatId && last.origin.place.threadId === next.origin.place.threadId;
  if (!isSamePerson || !isSamePlace) return false;
  if (last.album !== undefined && last.album === next.album) return true;
  if (Math.abs(next.origin.sentAt - last.origin.sentAt) > AT_ONCE_MS) return false;
  // A comment on what is forwarded is sent as a message before it.
  return next.forwardedFrom !== undefined || (last.text.length >= SPLIT_FROM && last.forwardedFrom === undefined);
}

/** Whether more of the same may be about to come. */
export function mayBeContinued({ text, forwardedFrom, album }: Sent): boolean {
  return album !== undefined || forwardedFrom !== undefined || text.length >= SPLIT_FROM;
}
