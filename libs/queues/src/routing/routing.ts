import type { Redis } from 'ioredis';
import { createMovedChats, type MovedChats } from './moved-chats.ts';
import { createPlaces, type Places } from './places.ts';
import { createSessionActivities, type SessionActivities } from './session-activities.ts';
import { createSessionDirectory, type SessionDirectory } from './session-directory.ts';
import { createUpdates, type Updates } from './updates.ts';

/** All of routing, for what composes a process; what a thing needs of it is one of these, or a few of its functions. */
export type Routing = SessionDirectory & SessionActivities & Places & Updates & MovedChats;

/** Puts them together: they share Redis and nothing else. */
export function createRouting(redis: Redis): Routing {
  return {
    ...createSessionDirectory(redis),
    ...createSessionActivities(redis),
    ...createPlaces(redis),
    ...createUpdates(redis),
    ...createMovedChats(redis),
  };
}
