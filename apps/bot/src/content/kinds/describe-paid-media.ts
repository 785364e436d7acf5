import { z } from 'zod';
import type { Describe } from './described.ts';
import { filesOf } from './read-files.ts';

const schema = z.looseObject({ paid_media: z.looseObject({}).array() });

/** What of paid media was paid for: of the rest Telegram gives no more than its size. */
export const describePaidMedia: Describe = (sent) => {
  const all = schema.safeParse(sent).data?.paid_media.map((each) => filesOf(each)) ?? [];
  const files = all.flat();
  if (files.length === 0) return undefined;
  const had = all.filter((each) => each.length > 0).length;
  return { text: had < all.length ? `Paid media: ${had} of ${all.length} can be had.` : '', files };
};
