import { describe, expect, it } from 'vitest';
import {
  ANONYMOUS_ADMIN,
  CHANNEL,
  CHANNEL_BOT,
  GROUP,
  group,
  ME,
  message,
  otherKinds,
  privateChat,
  textUpdate,
  user,
} from '../../testing/updates.ts';
import { isAllowed } from './authorize.ts';
import { readIncoming, readUpdate, senderOf } from './reading/read-update.ts';

const STRANGER = 6_666;
const OTHER_GROUP = -1_000_000_000_777;
const allowlist = { users: [ME], chats: [GROUP] };

/** Whether an update may cause anything. */
function passes(raw: object, allowed = allowlist): boolean {
  const update = readUpdate(raw);
  return update !== undefined && isAllowed(senderOf(update), allowed);
}

const inChat = (from: number, chat: object, more: object = {}) => textUpdate(from, '/new x', { chat, ...more });
const button = (from: number, chat: object | undefined) => ({
  update_id: 1,
  callback_query: { id: 'q', from: user(from), data: 'd', ...(chat ? { message: { ...message(ME), chat } } : {}) },
});
const channel = { id: CHANNEL, type: 'channel', title: 'News' };

describe('a message', () => {
  it.each<[string, object, boolean]>([
    ['of mine in my private chat', textUpdate(ME, 'x'), true],
    ['of mine in the allowed group', inChat(ME, group()), true],
    ['of mine in another group', inChat(ME, group(OTHER_GROUP)), false],
    ['of mine in the private chat of another', inChat(ME, privateChat(STRANGER)), false],
    ['of mine in a channel', inChat(ME, channel), false],
    ['of a stranger in private', textUpdate(STRANGER, 'x'), false],
    ['of a stranger in the allowed group', inChat(STRANGER, group()), false],
    ['of a stranger in what claims to be my private chat', inChat(STRANGER, privateChat(ME)), false],
    [
      'of a stranger who has my name',
      textUpdate(STRANGER, 'x', { from: { ...user(STRANGER), username: 'me' } }),
      false,
    ],
    [
      'forwarded from me by a stranger',
      textUpdate(STRANGER, 'x', { forward_origin: { type: 'user', sender_user: user(ME) } }),
      false,
    ],
    [
      'of a stranger in reply to me',
      textUpdate(STRANGER, 'x', { reply_to_message: message(ME, { text: 'y' }) }),
      false,
    ],
    ['of an anonymous administrator', inChat(ANONYMOUS_ADMIN, group(), { sender_chat: group() }), false],
    ['of a channel in the group', inChat(CHANNEL_BOT, group(), { sender_chat: channel }), false],
    ['of nobody', { update_id: 1, message: { ...message(ME), from: undefined } }, false],
    ['without text by a stranger', { update_id: 1, message: message(STRANGER, { document: {} }) }, false],
  ])('%s: allowed is %s', (_what, raw, expected) => {
    expect(passes(raw)).toBe(expected);
  });
});

describe('a pressed button', () => {
  it.each<[string, object, boolean]>([
    ['by me in my chat', button(ME, privateChat(ME)), true],
    ['by me in the allowed group', button(ME, group()), true],
    ['by me in another group', button(ME, group(OTHER_GROUP)), false],
    ['by me under a message that went through another chat', button(ME, undefined), false],
    ['by a stranger in the allowed group, under a message of mine', button(STRANGER, group()), false],
    ['by a stranger in my chat', button(STRANGER, privateChat(ME)), false],
  ])('%s: allowed is %s', (_what, raw, expected) => {
    expect(passes(raw)).toBe(expected);
  });
});

describe('any other kind of update', () => {
  const places: [string, object][] = [
    ['a private chat', privateChat(STRANGER)],
    ['the allowed group', group()],
    ['a channel', channel],
  ];
  it.each(places)('by a stranger in %s causes nothing', (_where, chat) => {
    for (const [kind, content] of Object.entries(otherKinds(STRANGER, chat))) {
      expect([kind, passes({ update_id: 1, [kind]: content })]).toEqual([kind, false]);
    }
  });

  it('by me causes nothing either: none of them asks for anything', () => {
    const {
      edited_message: _isRead,
      stopped_message_generation: _isReadToo,
      ...kinds
    } = otherKinds(ME, privateChat(ME));
    for (const [kind, content] of Object.entries(kinds)) {
      const update = readUpdate({ update_id: 1, [kind]: content });
      expect([kind, update && readIncoming(update)]).toEqual([kind, undefined]);
    }
  });
});

describe('an empty allowlist', () => {
  it.each([
    ['in private', textUpdate(ME, 'x')],
    ['in a group', inChat(ME, group())],
    ['by a button', button(ME, privateChat(ME))],
  ])('lets nobody in: %s', (_how, raw) => {
    expect(passes(raw, { users: [], chats: [] })).toBe(false);
    expect(passes(raw, { users: [], chats: [GROUP, ME] })).toBe(false);
  });
});
