/** Updates as the Bot API writes them, for tests of what the simulator does not send. */

export const ME = 1001;
export const GROUP = -1_000_000_000_001;
export const CHANNEL = -1_000_000_000_009;
/** The user that stands for an administrator who writes as the group. */
export const ANONYMOUS_ADMIN = 1_087_968_824;
/** The user that stands for a channel which writes in a group. */
export const CHANNEL_BOT = 136_817_688;

export const user = (id: number) => ({ id, is_bot: false, first_name: `P${id}` });
export const privateChat = (id: number) => ({ id, type: 'private', first_name: `P${id}` });
export const group = (id = GROUP) => ({ id, type: 'supergroup', title: 'Group' });

/** A message in the sender's private chat, unless told otherwise. */
export const message = (from: number, more: object = {}) => ({
  message_id: 5,
  date: 1_700_000_000,
  from: user(from),
  chat: privateChat(from),
  ...more,
});

export const textUpdate = (from: number, text: string, more: object = {}) => ({
  update_id: 1,
  message: message(from, { text, ...more }),
});

/** Every kind of update of the Bot API besides `message`, as a person with this id would cause it in this chat. */
export function otherKinds(from: number, chat: object): Record<string, object> {
  const who = user(from);
  const sent = { message_id: 5, date: 1, from: who, chat, text: '/new x' };
  const member = { chat, from: who, date: 1, old_chat_member: {}, new_chat_member: {} };
  return {
    edited_message: sent,
    channel_post: { ...sent, sender_chat: chat },
    edited_channel_post: { ...sent, sender_chat: chat },
    business_connection: { id: 'b', user: who, user_chat_id: from, date: 1, is_enabled: true },
    business_message: { ...sent, business_connection_id: 'b' },
    edited_business_message: { ...sent, business_connection_id: 'b' },
    deleted_business_messages: { business_connection_id: 'b', chat, message_ids: [1] },
    guest_message: sent,
    message_reaction: { chat, message_id: 5, user: who, date: 1, old_reaction: [], new_reaction: [] },
    message_reaction_count: { chat, message_id: 5, date: 1, reactions: [] },
    inline_query: { id: 'i', from: who, query: '/new x', offset: '' },
    chosen_inline_result: { result_id: 'r', from: who, query: '/new x' },
    shipping_query: { id: 's', from: who, invoice_payload: 'p', shipping_address: {} },
    pre_checkout_query: { id: 's', from: who, currency: 'XTR', total_amount: 1, invoice_payload: 'p' },
    purchased_paid_media: { from: who, paid_media_payload: 'p' },
    poll: { id: 'p', question: '?', options: [] },
    poll_answer: { poll_id: 'p', user: who, option_ids: [0] },
    my_chat_member: member,
    chat_member: member,
    chat_join_request: { chat, from: who, user_chat_id: from, date: 1 },
    chat_boost: { chat, boost: {} },
    removed_chat_boost: { chat, boost_id: 'b', remove_date: 1, source: {} },
    stopped_message_generation: { chat, draft_id: 1 },
  };
}
