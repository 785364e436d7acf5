import { type McpServer, serveTools } from '@signalbox/claude';
import type { Lease } from '@signalbox/queues';
import type { SessionParts } from '../session-parts.ts';
import { type Occasion, publishFiles } from './publish-files.ts';
import { createSendFileTool, SERVER } from './send-file-tool.ts';

/** The tools that a session's Claude has from this worker. `occasion`: what Claude is at now; `undefined`: nowhere to send anything. */
export function sessionTools(
  session: string,
  lease: Lease,
  { store, queues, log, redact }: SessionParts,
  occasion: () => Occasion | undefined,
): Record<string, McpServer> {
  const { workspace } = store.paths(session);
  const sendFile = createSendFileTool({
    outlet: { cwd: workspace, directories: [workspace], redact },
    async publish(files, caption) {
      const now = occasion();
      if (!now) throw new Error('Nobody has spoken to this session yet');
      return publishFiles(now, files, caption, { session, lease, queues, log });
    },
  });
  return { [SERVER]: serveTools({ name: SERVER, version: '1' }, [sendFile]) };
}
