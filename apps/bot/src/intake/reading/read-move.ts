import { z } from 'zod';

const moveSchema = z.looseObject({
  chat: z.looseObject({ id: z.number().int() }),
  migrate_to_chat_id: z.number().int().optional(),
  migrate_from_chat_id: z.number().int().optional(),
});

/** What an update tells of a group that became a supergroup: in the group, or in the supergroup. */
export function moveOf({ message }: { readonly message?: unknown }): { from: number; to: number } | undefined {
  const read = moveSchema.safeParse(message).data;
  if (!read) return undefined;
  const { chat, migrate_to_chat_id: to, migrate_from_chat_id: from } = read;
  if (to !== undefined) return { from: chat.id, to };
  return from === undefined ? undefined : { from, to: chat.id };
}
