import { z } from 'zod';
import { readFingerprint } from '../http/fingerprint.ts';

/** An address of a service; a password in it would be shown. */
export const serviceUrl = z.url({ protocol: /^https?$/, abort: true }).refine((text) => {
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === '');
});

/** The name of a token: `user@realm!name`. */
export const tokenId = z.string().regex(/^[^\s@!:=]+@[^\s@!:=]+![^\s@!:=]+$/);

/** A value that goes into a header as it is. */
export const tokenSecret = z.string().regex(/^[\x21-\x7e]+$/);

export const fingerprint = z.string().refine((text) => readFingerprint(text) !== undefined);

export const file = z.string().min(1);
