import { type Place, placeSchema } from './place.ts';

/** Where an entry of a queue is to be answered, also if the rest of it cannot be read; `undefined` if not even that can. */
export function findPlace(data: unknown): Place | undefined {
  const { origin, place } = Object(data) as { origin?: { place?: unknown }; place?: unknown };
  return placeSchema.safeParse(Object(origin).place ?? place).data;
}
