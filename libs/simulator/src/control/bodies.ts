import { z } from 'zod';

const place = { from: z.number(), chat: z.number().exactOptional(), thread: z.number().exactOptional() };
const extras = {
  at: z.number().exactOptional(),
  replyTo: z.number().exactOptional(),
  quote: z.string().exactOptional(),
  forwardFrom: z.union([z.number(), z.string()]).exactOptional(),
};
const say = z.object({ ...place, ...extras, text: z.string() });

const effect = z.union([
  z.enum(['hang', 'cutBefore', 'cutAfter', 'badGateway']),
  z.object({ delayMs: z.number().min(0) }),
  z.object({
    error: z.object({
      code: z.number().int(),
      description: z.string(),
      parameters: z
        .object({ retry_after: z.number().exactOptional(), migrate_to_chat_id: z.number().exactOptional() })
        .exactOptional(),
    }),
  }),
]);

/** The bodies of the control API's requests: the same fields as the in-process API. */
export const bodies = {
  say,
  sayBatch: z.object({ messages: z.array(say).min(1) }),
  raw: z.object({ ...place, ...extras, fields: z.record(z.string(), z.unknown()) }),
  update: z.record(z.string(), z.unknown()),
  sticker: z.object({ ...place, ...extras, emoji: z.string() }),
  press: z.object({ ...place, messageId: z.number(), data: z.string() }),
  edit: z.object({ ...place, messageId: z.number(), text: z.string() }),
  react: z.object({ ...place, messageId: z.number(), emoji: z.string() }),
  place: z.object(place),
  topic: z.object({ ...place, name: z.string().min(1) }),
  block: z.object({ user: z.number(), blocked: z.boolean() }),
  person: z.object({
    id: z.number(),
    firstName: z.string(),
    lastName: z.string().exactOptional(),
    username: z.string().exactOptional(),
    started: z.boolean().exactOptional(),
  }),
  group: z.object({
    id: z.number(),
    title: z.string(),
    forum: z.boolean(),
    members: z.array(z.number()),
    basic: z.boolean().exactOptional(),
  }),
  upgrade: z.object({ from: z.number(), chat: z.number(), to: z.number() }),
  redeliver: z.object({ count: z.number().int().min(0) }),
  flood: z.object({ on: z.boolean() }),
  fault: z.object({
    method: z.union([z.string(), z.array(z.string())]).exactOptional(),
    chat: z.number().exactOptional(),
    skip: z.number().int().exactOptional(),
    times: z.number().int().exactOptional(),
    effect,
  }),
  modelError: z.object({
    status: z.number().int().min(400).max(599),
    message: z.string().exactOptional(),
    type: z.string().exactOptional(),
    contains: z.string().exactOptional(),
    kind: z.enum(['turn', 'continuation', 'side']).exactOptional(),
    model: z.string().exactOptional(),
    skip: z.number().int().exactOptional(),
    times: z.number().int().exactOptional(),
  }),
  /** The fields of an upload that are not files; forms hold text only. */
  upload: z.object({
    from: z.coerce.number(),
    chat: z.coerce.number().exactOptional(),
    thread: z.coerce.number().exactOptional(),
    replyTo: z.coerce.number().exactOptional(),
    caption: z.string().exactOptional(),
    as: z.enum(['document', 'photo', 'voice', 'audio', 'video']).exactOptional(),
  }),
};
