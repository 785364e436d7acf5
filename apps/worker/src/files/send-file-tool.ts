import type { Tool, ToolOutcome } from '@signalbox/claude';
import { MAX_ALBUM, MAX_UPLOAD_BYTES } from '@signalbox/contracts';
import { z } from 'zod';
import { chooseForm } from './images/choose-form.ts';
import type { OutgoingFile } from './publish-files.ts';
import { LIMIT, type Outlet, readOutgoing } from './read-outgoing.ts';

/** Longest caption, in UTF-16 units: below Telegram's, so that a mark and redaction have room. */
const MAX_CAPTION = 900;

const inputSchema = z.object({
  paths: z
    .string()
    .min(1)
    .array()
    .min(1)
    .max(MAX_ALBUM)
    .describe('The files, absolute or relative to the working directory'),
  caption: z
    .string()
    .max(MAX_CAPTION)
    .optional()
    .describe('Words below the file, in Markdown. As a rule short, or none'),
  as: z
    .enum(['photo', 'document'])
    .optional()
    .describe('document: images are sent as files, in full quality. By default images show as photos'),
});

/** The tool by which Claude sends files to the chat. */
export interface SendFileNeeds {
  outlet(): Promise<Outlet>;
  /** Makes the files durable, until `signal` is aborted; resolves to whether they were new. */
  publish(files: readonly OutgoingFile[], caption: string, signal: AbortSignal): Promise<boolean>;
}

export function createSendFileTool({ outlet, publish }: SendFileNeeds): Tool {
  return {
    name: 'send_file',
    // It reads, and shows what the person may see anyway.
    readOnly: true,
    description:
      'Sends files of this session to the person in the chat. Use it for what they should see or keep: images, documents, logs, archives. Images show as photos, several files as an album.',
    inputSchema: z.toJSONSchema(inputSchema),
    async run(input, signal): Promise<ToolOutcome> {
      const asked = inputSchema.safeParse(input);
      if (!asked.success) return refusal(z.prettifyError(asked.error));
      const { paths, caption = '', as } = asked.data;
      const from = await outlet();
      const files: OutgoingFile[] = [];
      for (const path of paths) {
        const read = await readOutgoing(path, from);
        if (read.status === 'refused') return refusal(read.problem);
        files.push({ name: read.name, path: read.path, bytes: read.bytes, as: chooseForm(read.bytes, as) });
        const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
        if (size > MAX_UPLOAD_BYTES)
          return refusal(`Together these files are too large. ${LIMIT} Send them in several calls.`);
      }
      const names = files.map(({ name }) => name).join(', ');
      const isNew = await publish(files, caption, signal);
      return { text: isNew ? `Sent to the chat: ${names}` : `Sent with this message before, so not again: ${names}` };
    },
  };
}

/** All or nothing: Claude can correct the call. */
function refusal(problem: string): ToolOutcome {
  return { text: `Nothing was sent. ${problem}`, isError: true };
}
