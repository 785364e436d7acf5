import type { Routing } from '@signalbox/queues';
import type { SessionStore } from '@signalbox/sessions';

/** Tells the routing of every session on disk that it does not know: losing Redis loses no session. Resolves to the names that were new. */
export async function registerSessions(store: SessionStore, routing: Routing, pool: string): Promise<string[]> {
  const added: string[] = [];
  for (const name of await store.names()) {
    if (await routing.session(name)) continue;
    const metadata = await store.peekMetadata(name);
    const createdAt = metadata ? Date.parse(metadata.createdAt) : Date.now();
    const claimedBy = metadata?.createdBy ?? 'found-on-disk';
    await routing.claim({ name, pool, persona: metadata?.persona ?? 'default', claimedBy, createdAt });
    const status = !metadata || metadata.turns === 0 ? 'idle' : 'suspended';
    await routing.noteActivity(name, { status, lastUsedAt: metadata ? Date.parse(metadata.lastUsedAt) : createdAt });
    added.push(name);
  }
  return added;
}
