import { z } from 'zod';

/** An integration of one's own: whether ntfy, which sends notifications, is well. */
export default {
  name: 'ntfy',
  usage: '/ntfy',
  description: 'Whether notifications get out',
  variables: {
    NTFY_URL: { expected: 'an address such as https://ntfy.home', meaning: 'Where ntfy is.' },
    NTFY_TOKEN: { expected: 'a token', meaning: 'Its access token, if it wants one.', secret: true, optional: true },
  },
  config: z.object({ NTFY_URL: z.url(), NTFY_TOKEN: z.string().optional() }),
  timeoutMs: 6_000,
  run: async (context) => describe(await ask(context)),
  summary: ({ title }) => title,
  check: async (context) => void (await ask(context)),
};

async function ask({ config, http }) {
  const headers = config.NTFY_TOKEN ? { authorization: `Bearer ${config.NTFY_TOKEN}` } : {};
  const answer = await http.json(new URL('/v1/health', config.NTFY_URL).href, { headers });
  return z.object({ healthy: z.boolean() }).parse(answer);
}

function describe({ healthy }) {
  return { level: healthy ? 'ok' : 'error', title: `ntfy: ${healthy ? 'well' : 'not well'}`, lines: [] };
}
