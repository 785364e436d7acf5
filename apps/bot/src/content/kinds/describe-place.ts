import { z } from 'zod';
import type { Describe } from './described.ts';

const locationSchema = z.looseObject({
  latitude: z.number(),
  longitude: z.number(),
  horizontal_accuracy: z.number().optional(),
  live_period: z.number().optional(),
});
const venueSchema = z.looseObject({ location: locationSchema, title: z.string(), address: z.string() });

/** A point on the map: latitude and longitude in degrees. */
export function describeLocation(sent: unknown): string | undefined {
  const read = locationSchema.safeParse(sent).data;
  if (!read) return undefined;
  const { latitude, longitude, horizontal_accuracy: metres, live_period: period } = read;
  const near = metres === undefined ? '' : ` (within ${metres} m)`;
  return `${period === undefined ? 'Location' : 'Live location'}: ${latitude}, ${longitude}${near}`;
}

export const describePoint: Describe = (sent) => {
  const text = describeLocation(sent);
  return text === undefined ? undefined : { text };
};

export const describeVenue: Describe = (sent) => {
  const read = venueSchema.safeParse(sent).data;
  return read && { text: `Venue: ${read.title}, ${read.address}\n${describeLocation(read.location)}` };
};
