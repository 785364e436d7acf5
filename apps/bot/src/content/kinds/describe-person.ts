import { fenced } from '@signalbox/contracts';
import { z } from 'zod';
import type { Describe } from './described.ts';

const contactSchema = z.looseObject({
  phone_number: z.string(),
  first_name: z.string(),
  last_name: z.string().optional(),
  user_id: z.number().optional(),
  vcard: z.string().optional(),
});

/** A contact, with all that its card says. */
export const describeContact: Describe = (sent) => {
  const read = contactSchema.safeParse(sent).data;
  if (!read) return undefined;
  const name = [read.first_name, read.last_name].filter(Boolean).join(' ');
  const account = read.user_id === undefined ? '' : `, Telegram id ${read.user_id}`;
  const line = `Contact: ${name}, ${read.phone_number}${account}`;
  return { text: read.vcard?.trim() ? `${line}\n${fenced(read.vcard.trim(), 'vcard')}` : line };
};
