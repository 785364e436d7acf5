import { ownNames, variables } from '@signalbox/service';
import { expect, it } from 'vitest';
import { claudeEnvironment } from './claude-environment.ts';

it('Claude gets its own credentials and how the machine is, and nothing else whatever its name', () => {
  const names = [...ownNames, 'AWS_SECRET_ACCESS_KEY', 'NODE_OPTIONS', 'LD_PRELOAD', 'PGPASSWORD'];
  const future = ['PVE_TOKEN_SECRET', 'PBS_TOKEN_SECRET', 'BESZEL_PASSWORD', 'KUMA_API_KEY'];
  const machine = ['PATH', 'HOME', 'LANG', 'TZ', 'HTTPS_PROXY'];
  const env = Object.fromEntries([...names, ...future, ...machine].map((name) => [name, `sentinel-${name}`]));
  expect(Object.keys(claudeEnvironment(env)).sort()).toEqual(
    [...machine, 'ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'CLAUDE_CODE_OAUTH_TOKEN', 'IS_SANDBOX'].sort(),
  );
});

it('no secret of the project passes but those that are Claude’s own', () => {
  const secrets = ownNames.filter((name) => variables[name].secret);
  const own = ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN'];
  expect(secrets).toContain('TELEGRAM_BOT_TOKEN');
  const passed = claudeEnvironment(Object.fromEntries(secrets.map((name) => [name, `sentinel-${name}`])));
  expect(
    Object.values(passed)
      .filter((value) => String(value).startsWith('sentinel-'))
      .sort(),
  ).toEqual(own.map((name) => `sentinel-${name}`).sort());
});

it('an empty variable is none, and a machine without PATH and HOME has some', () => {
  expect(claudeEnvironment({ ANTHROPIC_API_KEY: '', LANG: '' })).toEqual({
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: '/',
  });
});
