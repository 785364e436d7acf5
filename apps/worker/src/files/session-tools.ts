import { type McpServer, serveTools } from '@signalbox/claude';
import type { Place } from '@signalbox/contracts';
import type { Lease } from '@signalbox/queues';
import { houseTools } from '../house/house-tools.ts';
import type { SessionParts } from '../session/session-parts.ts';
import { publishFiles } from './publish-files.ts';
import { createSendFileTool, SERVER } from './send-file-tool.ts';

/** The tools that a session's Claude has from this worker. `asking`: on whose behalf Claude works now; throws if there is nobody. */
export function sessionTools(
  session: string,
  lease: Lease,
  { store, queues, log, redact, house }: SessionParts,
  asking: () => { jobId: string; to: { place: Place } },
): Record<string, McpServer> {
  const sendFile = createSendFileTool({
    async outlet() {
      const { workspace } = store.paths(session);
      const { directory } = (await store.peekMetadata(session)) ?? {};
      const directories = directory === undefined ? [workspace] : [directory, workspace];
      return { cwd: directory ?? workspace, directories, redact };
    },
    async publish(files, caption, signal) {
      const { jobId, to } = asking();
      return publishFiles({ id: jobId, place: to.place }, files, caption, { session, lease, signal, queues, log });
    },
  });
  const server = { name: SERVER, version: '1' };
  return {
    async [SERVER](message, signal) {
      const listed = (await store.peekPersona(session))?.settings.allowed_tools ?? [];
      return serveTools(server, [sendFile, ...houseTools(house, listed)])(message, signal);
    },
  };
}
