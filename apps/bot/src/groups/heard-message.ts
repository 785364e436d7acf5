import { z } from 'zod';

const entitySchema = z.looseObject({
  type: z.string(),
  /** In UTF-16 units, as is `length`. */
  offset: z.number().int(),
  length: z.number().int(),
  user: z.looseObject({ id: z.number().int() }).optional(),
});
/** A part of a text that means something: here, whom it mentions. */
export type Entity = z.infer<typeof entitySchema>;

const entities = entitySchema.array().optional().catch(undefined);

/** As much of a message as tells whom it is for. */
export const heardMessageSchema = z.looseObject({
  message_id: z.number().int(),
  date: z.number().int(),
  message_thread_id: z.number().int().optional(),
  is_topic_message: z.boolean().optional(),
  from: z.looseObject({ id: z.number().int(), first_name: z.string().default('') }),
  chat: z.looseObject({ id: z.number().int(), type: z.string() }),
  text: z.string().optional(),
  entities,
  caption: z.string().optional(),
  caption_entities: entities,
  media_group_id: z.string().optional(),
  /** What is said by other means than a text or a caption, once it was read. */
  otherText: z.string().optional().catch(undefined),
  forward_origin: z.unknown().optional(),
  reply_to_message: z
    .looseObject({
      from: z.looseObject({ id: z.number().int() }).optional(),
      forum_topic_created: z.unknown().optional(),
    })
    .optional()
    .catch(undefined),
});
/** A message of an allowed person, before it is read. */
export type HeardMessage = z.infer<typeof heardMessageSchema>;

/** What a message says, with what is marked in it: its text, the caption of its file, or what else it holds, such as a poll's question. */
export function saidIn(message: HeardMessage): { readonly text: string; readonly entities: readonly Entity[] } {
  if (message.text !== undefined) return { text: message.text, entities: message.entities ?? [] };
  if (message.caption !== undefined) return { text: message.caption, entities: message.caption_entities ?? [] };
  return { text: message.otherText ?? '', entities: [] };
}

/** The same message with another text, or another caption. */
export function sayingInstead(
  message: HeardMessage,
  { text, entities: marks }: { readonly text: string; readonly entities: readonly Entity[] },
): HeardMessage {
  return message.text === undefined
    ? { ...message, caption: text, caption_entities: [...marks] }
    : { ...message, text, entities: [...marks] };
}
