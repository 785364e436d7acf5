import type { Persona } from '@signalbox/sessions';
import { describe, expect, it } from 'vitest';
import { launchParameters } from './launch-parameters.ts';

const persona: Persona = {
  name: 'default',
  description: 'd',
  system_prompt: 'p',
  settings: {
    model: 'opus',
    max_turns: 3,
    permission_mode: 'plan',
    allowed_tools: ['Read'],
    disallowed_tools: ['Bash'],
  },
};

describe('what Claude is started with', () => {
  it('is the persona’s, unless something else was set for the session', () => {
    expect(launchParameters(persona, {}, 'default')).toEqual({
      systemPrompt: 'p',
      model: 'opus',
      effort: undefined,
      maxTurns: 3,
      permissionMode: 'plan',
      allowedTools: ['Read'],
      disallowedTools: ['Bash'],
    });
    const settings = { model: 'haiku', effort: 'max', permission_mode: 'default', allowed: ['Bash(ls)'] } as const;
    expect(launchParameters(persona, { ...settings, allowed: [...settings.allowed] }, 'default')).toMatchObject({
      model: 'haiku',
      effort: 'max',
      permissionMode: 'default',
      allowedTools: ['Read', 'Bash(ls)'],
    });
  });

  it('never lets Claude do more than the configuration allows: what it does not allow counts as not set', () => {
    const settings = { permission_mode: 'bypassPermissions' } as const;
    expect(launchParameters(persona, settings, 'default').permissionMode).toBe('plan');
  });
});
