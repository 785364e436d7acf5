import { z } from 'zod';

/** Anything, or nothing. */
export const text = z.string().optional();

/** Words separated by commas. */
export const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((part) => part.trim() || []));

const givenPort = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

/** A port; without one, none was asked for. */
export const anyPort = givenPort.optional();

/** A port, or else this one. */
export const port = (fallback: number) => z.string().default(String(fallback)).pipe(givenPort);

/** A number above 0, fractions allowed: of minutes, or of seconds. */
export const amount = (fallback: number) =>
  z
    .string()
    .regex(/^\d*\.?\d+$/)
    .default(String(fallback))
    .transform(Number)
    .refine((value) => value > 0);

/** A whole number, at most so many. */
export const count = (fallback: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .default(String(fallback))
    .transform(Number)
    .refine((value) => value <= most);

export const yes = z
  .enum(['1', 'true', '0', 'false'])
  .default('0')
  .transform((value) => value === '1' || value === 'true');

/** An address of one of these schemes, such as `http:`. */
export const url = (...schemes: string[]) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol));

/** An address of HTTP without a path. */
export const origin = url('http:', 'https:').refine((value) => URL.canParse(value) && new URL(value).pathname === '/');
