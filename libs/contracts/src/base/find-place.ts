import { type Place, placeSchema } from './place.ts';

/** As it is written in an entry; in a person's text it cannot stand, as quotes are escaped there. */
const PLACE = /"place":(\{"chatId":-?\d+(?:,"threadId":\d+)?\})/;

/** Where an entry of a queue is to be answered, also if the rest of it cannot be read; `undefined` if not even that can. */
export function findPlace(data: unknown): Place | undefined {
  if (typeof data === 'string') return findWritten(data);
  const { origin, place } = Object(data) as { origin?: { place?: unknown }; place?: unknown };
  return placeSchema.safeParse(Object(origin).place ?? place).data;
}

/** Of an entry that is torn in the middle, what is left of its text. */
function findWritten(text: string): Place | undefined {
  const [, place] = PLACE.exec(text) ?? [];
  return place === undefined ? undefined : placeSchema.safeParse(JSON.parse(place)).data;
}
