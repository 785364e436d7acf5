import { type McpServer, serveTools } from '@signalbox/claude';
import type { Place } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';
import type { Occasion, OutgoingFile } from '../files/publish-files.ts';
import { createSendFileTool } from '../files/send-file-tool.ts';
import { sessionDirectories } from '../files/session-directories.ts';
import { type HouseView, houseTools } from '../house/house-tools.ts';
import { SERVER } from '../wording/tool-names.ts';

interface SessionToolsNeeds {
  readonly session: string;
  readonly store: Pick<SessionStore, 'paths' | 'peekMetadata' | 'peekPersona'>;
  /** Finds what may not leave this machine. */
  readonly redact: Redact;
  readonly house: HouseView;
  /** Publishes files of Claude until `signal` is aborted. */
  publish(occasion: Occasion, files: readonly OutgoingFile[], caption: string, signal: AbortSignal): Promise<boolean>;
  /** On whose behalf Claude works now; throws if there is nobody. */
  asking(): { jobId: string; to: { place: Place } };
}

/** The tools that a session's Claude has from this worker, by the name of their server. What a persona lists of them is read at each use. */
export function sessionTools({
  session,
  store,
  redact,
  house,
  publish,
  asking,
}: SessionToolsNeeds): Record<string, McpServer> {
  const sendFile = createSendFileTool({
    async outlet() {
      return { ...(await sessionDirectories(session, store)), redact };
    },
    async publish(files, caption, signal) {
      const { jobId, to } = asking();
      return publish({ id: jobId, place: to.place }, files, caption, signal);
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
