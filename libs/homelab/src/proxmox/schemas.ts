import { z } from 'zod';

/** The name of a token: `user@realm!name`. */
export const tokenId = z.string().regex(/^[^\s@!:=]+@[^\s@!:=]+![^\s@!:=]+$/);

/** A value that goes into a header as it is. */
export const tokenSecret = z.string().regex(/^[\x21-\x7e]+$/);

/** The path of a file; whether it can be read shows when it is. */
export const file = z.string().min(1);
