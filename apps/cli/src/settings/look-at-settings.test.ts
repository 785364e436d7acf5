import { describe, expect, it } from 'vitest';
import { lookAtSettings } from './look-at-settings.ts';

describe('a look at the settings', () => {
  it('finds all problems at once, also of several variables together and of the house', async () => {
    const look = await lookAtSettings(
      {
        ...{ STREAMING: 'loud', DASHBOARD_HOST: '0.0.0.0', TELEGRAM_BOT_TOKEN: 'sentinel', HOMELAB_WATCH_CHAT: '7' },
        ...{ PVE_URL: 'https://pve:8006', HOMELAB_WATCH: 'kuma', HOMELAB_PLUGINS: './none.mjs' },
      },
      process.cwd(),
    );
    expect(look.config).toBeUndefined();
    expect(look.problems).toEqual([
      expect.stringMatching(/^TELEGRAM_BOT_TOKEN: expected/),
      expect.stringMatching(/^STREAMING: expected/),
      expect.stringMatching(/^DASHBOARD_PASSWORD is not set/),
    ]);
    expect(look.houseProblems).toEqual([
      expect.stringMatching(/^HOMELAB_PLUGINS: "\.\/none\.mjs" cannot be used/),
      expect.stringMatching(/^PVE_TOKEN_ID is not set, but PVE_URL is\. Expected/),
      expect.stringMatching(/^PVE_TOKEN_SECRET is not set, but PVE_URL is\. Expected/),
      expect.stringMatching(/^HOMELAB_WATCH: expected .* got "kuma"/),
    ]);
    expect(JSON.stringify([look.problems, look.houseProblems])).not.toContain('sentinel');
  });

  it('has a problem of what is to be watched only where that could be read', async () => {
    const look = await lookAtSettings({ HOMELAB_WATCH: 'host', TELEGRAM_ALLOWED_USERS: 'me' }, process.cwd());
    expect(look.problems).toEqual([expect.stringMatching(/^TELEGRAM_ALLOWED_USERS/)]);
    expect(look.houseProblems).toEqual([]);
    const { houseProblems } = await lookAtSettings({ HOMELAB_WATCH: 'host' }, process.cwd());
    expect(houseProblems).toEqual([expect.stringMatching(/^HOMELAB_WATCH_CHAT: expected/)]);
  });

  it('names what looks like a variable of Signalbox or of the house and is none', async () => {
    const look = await lookAtSettings({ PERMISION_MODE: 'plan', KUMA_API_KY: 'x', PATH: '/bin' }, process.cwd());
    expect(look.config).toBeDefined();
    expect(look.lookAlikes).toEqual([
      expect.stringMatching(/^PERMISION_MODE is set, .* PERMISSION_MODE\?$/),
      expect.stringMatching(/^KUMA_API_KY is set, .* KUMA_API_KEY\?$/),
    ]);
  });
});
