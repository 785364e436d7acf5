import { z } from 'zod';

const titled = z.looseObject({ title: z.string().optional() });
const originSchema = z.looseObject({
  sender_user: z.looseObject({ first_name: z.string().optional() }).optional(),
  sender_user_name: z.string().optional(),
  sender_chat: titled.optional(),
  chat: titled.optional(),
});

/** Whose a message was that came from elsewhere, by the name that they gave themselves. */
export function nameOrigin(origin: unknown): string {
  const from = originSchema.safeParse(origin).data;
  return (
    from?.sender_user?.first_name ||
    from?.sender_user_name ||
    from?.sender_chat?.title ||
    from?.chat?.title ||
    'somebody'
  );
}
