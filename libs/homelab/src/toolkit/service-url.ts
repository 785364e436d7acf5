import { z } from 'zod';

/** The address of a service, without a slash at its end. A name and password in it would stand in every error, and so would what stands behind ? or #. */
export const serviceUrl = z
  .url({ protocol: /^https?$/, error: 'expected an address that begins with http:// or https://', abort: true })
  .refine((url) => !new URL(url).username && !new URL(url).password, 'expected an address without a name and password')
  .refine((url) => !new URL(url).search && !new URL(url).hash, 'expected an address without ? and #')
  .transform((url) => url.replace(/\/+$/, ''));
