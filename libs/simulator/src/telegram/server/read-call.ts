import type { HonoRequest } from 'hono';
import { badRequest, TelegramError } from '../protocol/errors.ts';
import { createParams, type Params, type UploadedFile } from '../protocol/params.ts';

/** The largest file a bot may upload, bytes. */
const MAX_UPLOAD = 50 * 1024 * 1024;

/** Reads the parameters of a call from the query and from a JSON, form or multipart body. */
export async function readCall(request: HonoRequest): Promise<Params> {
  const type = request.header('content-type') ?? '';
  const values: Record<string, unknown> = { ...request.query() };
  const uploads = new Map<string, UploadedFile>();
  if (type.includes('application/json')) {
    Object.assign(values, await readJson(request));
  } else if (type.includes('form')) {
    for (const [name, value] of Object.entries(await request.parseBody())) {
      if (value instanceof File) uploads.set(name, await readUpload(value));
      else values[name] = value;
    }
  }
  return createParams(values, uploads);
}

async function readJson(request: HonoRequest): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Refused below, in the server's words.
  }
  throw badRequest("can't parse request body JSON object");
}

async function readUpload(file: File): Promise<UploadedFile> {
  if (file.size > MAX_UPLOAD) throw new TelegramError(413, 'Request Entity Too Large');
  const data = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, mimeType: file.type === '' ? 'application/octet-stream' : file.type, data };
}
