import { badRequest } from './errors.ts';

/** A file that came with a multipart body. */
export type UploadedFile = { name: string; mimeType: string; data: Uint8Array };

/**
 * The parameters of a call, whatever its body was: JSON gives typed values, forms give strings, so every reader takes both.
 * Readers throw a TelegramError (400) for a value of the wrong kind.
 */
export type Params = {
  /** The value as it came; undefined if absent. */
  raw(name: string): unknown;
  text(name: string): string | undefined;
  integer(name: string): number | undefined;
  flag(name: string): boolean;
  /** An object or array, or JSON of one. */
  json(name: string): unknown;
  /** The upload under this field name (also the name behind `attach://`). */
  upload(name: string): UploadedFile | undefined;
  /** The parameters as one object for the call log; uploads by name and size only. */
  logged(): Record<string, unknown>;
};

/** Wraps the parameters of a body and the files that came with it. */
export function createParams(values: Record<string, unknown>, uploads: ReadonlyMap<string, UploadedFile>): Params {
  const raw = (name: string) => (values[name] === null ? undefined : values[name]);
  return {
    raw,
    text(name) {
      const value = raw(name);
      return value === undefined ? undefined : typeof value === 'object' ? JSON.stringify(value) : String(value);
    },
    integer(name) {
      const value = raw(name);
      if (value === undefined || value === '') return undefined;
      const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
      if (!Number.isSafeInteger(number))
        throw badRequest(`parameter ${name} must be an Integer, got "${String(value)}"`);
      return number as number;
    },
    flag: (name) => ['true', '1', 'yes', 'y', 't'].includes(String(raw(name) ?? '').toLowerCase()),
    json(name) {
      const value = raw(name);
      if (typeof value !== 'string') return value;
      if (value === '') return undefined;
      try {
        return JSON.parse(value);
      } catch {
        throw badRequest(`can't parse ${name} JSON object`);
      }
    },
    upload: (name) => uploads.get(name),
    logged() {
      const sizes = [...uploads].map(([name, file]) => [name, `<file ${file.name}, ${file.data.byteLength} bytes>`]);
      return { ...values, ...Object.fromEntries(sizes) };
    },
  };
}
