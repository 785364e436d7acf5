import { z } from 'zod';

/** The bodies of the control API's requests: the same fields as the in-process API. */

const place = { from: z.number(), chat: z.number().exactOptional(), thread: z.number().exactOptional() };
const extras = {
  at: z.number().exactOptional(),
  replyTo: z.number().exactOptional(),
  quote: z.string().exactOptional(),
  forwardFrom: z.union([z.number(), z.string()]).exactOptional(),
};

export const sayBody = z.object({ ...place, ...extras, text: z.string() });
export const sayBatchBody = z.object({ messages: z.array(sayBody).min(1) });
export const stickerBody = z.object({ ...place, ...extras, emoji: z.string() });
export const pressBody = z.object({ ...place, messageId: z.number(), data: z.string() });
export const editBody = z.object({ ...place, messageId: z.number(), text: z.string() });
export const reactBody = z.object({ ...place, messageId: z.number(), emoji: z.string() });
export const placeBody = z.object(place);
export const topicBody = z.object({ ...place, name: z.string().min(1) });
export const blockBody = z.object({ user: z.number(), blocked: z.boolean() });
export const personBody = z.object({
  id: z.number(),
  firstName: z.string(),
  lastName: z.string().exactOptional(),
  username: z.string().exactOptional(),
  started: z.boolean().exactOptional(),
});
export const groupBody = z.object({
  id: z.number(),
  title: z.string(),
  forum: z.boolean(),
  members: z.array(z.number()),
});
export const redeliverBody = z.object({ count: z.number().int().min(0) });
export const floodBody = z.object({ on: z.boolean() });

const effect = z.union([
  z.enum(['hang', 'cutBefore', 'cutAfter', 'badGateway']),
  z.object({ delayMs: z.number().min(0) }),
  z.object({
    error: z.object({
      code: z.number().int(),
      description: z.string(),
      parameters: z.object({ retry_after: z.number().exactOptional() }).exactOptional(),
    }),
  }),
]);

export const faultBody = z.object({
  method: z.union([z.string(), z.array(z.string())]).exactOptional(),
  chat: z.number().exactOptional(),
  skip: z.number().int().exactOptional(),
  times: z.number().int().exactOptional(),
  effect,
});

/** The fields of an upload that are not files; forms hold text only. */
export const uploadFields = z.object({
  from: z.coerce.number(),
  chat: z.coerce.number().exactOptional(),
  thread: z.coerce.number().exactOptional(),
  replyTo: z.coerce.number().exactOptional(),
  caption: z.string().exactOptional(),
  as: z.enum(['document', 'photo', 'voice', 'audio', 'video']).exactOptional(),
});
