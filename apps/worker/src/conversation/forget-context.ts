import { noUsage, type SessionStore } from '@signalbox/sessions';

/** How full the context is will be known again after the next turn: the conversation is another one. */
export async function forgetContext(
  session: string,
  store: Pick<SessionStore, 'peekUsage' | 'writeUsage'>,
): Promise<void> {
  const { context: _, ...usage } = (await store.peekUsage(session)) ?? noUsage();
  await store.writeUsage(session, usage);
}
