import { randomBytes } from 'node:crypto';
import type { FileRef } from '../protocol/api-types.ts';
import type { UploadedFile } from '../protocol/params.ts';

/** The largest file a bot may download, bytes. */
export const MAX_DOWNLOAD = 20 * 1024 * 1024;

/** A file the server has. `path` is where it can be downloaded. */
export type StoredFile = UploadedFile & { ref: FileRef; path: string };

/** The files of all messages, in memory. */
export type FileStore = {
  /** @param folder the beginning of the path under which it can be downloaded: `documents`, `photos` … */
  add(file: UploadedFile, folder: string): StoredFile;
  byId(fileId: string): StoredFile | undefined;
  byPath(path: string): StoredFile | undefined;
  all(): StoredFile[];
  /** Puts a file from before a restart where it was. */
  restore(file: StoredFile): void;
};

/** An empty store. */
export function createFileStore(): FileStore {
  const ids = new Map<string, StoredFile>();
  const paths = new Map<string, StoredFile>();
  const keep = (stored: StoredFile) => {
    ids.set(stored.ref.file_id, stored);
    paths.set(stored.path, stored);
  };
  return {
    add(file, folder) {
      const ref: FileRef = {
        file_id: `Sim${randomBytes(24).toString('base64url')}`,
        file_unique_id: `Sim${randomBytes(8).toString('base64url')}`,
        file_size: file.data.byteLength,
        file_name: file.name,
        mime_type: file.mimeType,
      };
      const path = `${folder}/file_${ids.size}${extensionOf(file.name)}`;
      const stored = { ...file, ref, path };
      keep(stored);
      return stored;
    },
    byId: (fileId) => ids.get(fileId),
    byPath: (path) => paths.get(path),
    all: () => [...ids.values()],
    restore: keep,
  };
}

function extensionOf(name: string): string {
  return /\.[a-zA-Z0-9]{1,8}$/.exec(name)?.[0] ?? '';
}
