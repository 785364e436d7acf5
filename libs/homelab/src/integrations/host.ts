import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { defineIntegration } from '../contract/integration.ts';
import { summarize } from '../format/summarize.ts';
import { describeHost } from '../host/describe-host.ts';
import { readHost } from '../host/facts.ts';

const Config = z
  .object({
    HOST_PATHS: z
      .string()
      .default('/')
      .transform((text) => text.split(',').flatMap((path) => (path.trim() ? [path.trim()] : [])))
      .refine((paths) => paths.every(isAbsolute), 'expected paths that begin with /'),
  })
  .transform(({ HOST_PATHS: paths }) => ({ paths }));

/** The machine that the worker runs on: load, memory, disks. It needs no service. */
export const host = defineIntegration<z.infer<typeof Config>>({
  name: 'host',
  usage: '/host',
  description: 'This machine: load, memory, disks',
  variables: {
    HOST_PATHS: {
      expected: 'paths that begin with /, with commas between',
      meaning: 'Whose disks are looked at (/).',
      optional: true,
    },
  },
  config: Config,
  needsNothing: true,
  timeoutMs: 10_000,
  run: async ({ config }) => describeHost(await readHost(config.paths)),
  summary: (report) => summarize('This host', report),
  check: async ({ config }) => void (await readHost(config.paths)),
});
