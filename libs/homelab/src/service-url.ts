import { z } from 'zod';

/** The address of a service, without a slash at its end. A name and password in it would stand in every error. */
export const serviceUrl = z
  .url({ protocol: /^https?$/, error: 'expected an address that begins with http:// or https://', abort: true })
  .refine((url) => !new URL(url).username && !new URL(url).password, 'expected an address without a name and password')
  .transform((url) => url.replace(/\/+$/, ''));
