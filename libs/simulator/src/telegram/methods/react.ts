import type { Method } from '../calls/method.ts';
import { readMessage } from '../calls/read-target.ts';
import { ALLOWED_REACTIONS } from '../protocol/allowed-reactions.ts';
import { badRequest } from '../protocol/errors.ts';

/** A bot may set one reaction on a message; an empty list takes it away. */
export const setMessageReaction: Method = (cloud, { params, log }) => {
  const record = readMessage(cloud, params, 'react');
  const given = params.json('reaction') ?? [];
  if (!Array.isArray(given)) throw badRequest("can't parse reaction: Array of ReactionType expected");
  if (given.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  const emojis = given.map((reaction: { type?: unknown; emoji?: unknown }) => {
    const { type, emoji } = reaction ?? {};
    if (type !== 'emoji' || typeof emoji !== 'string' || !ALLOWED_REACTIONS.has(emoji))
      throw badRequest('REACTION_INVALID');
    return emoji;
  });
  cloud.messages.react(record, cloud.me.id, emojis, log);
  return true;
};
