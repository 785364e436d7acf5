import type { Settings } from '@signalbox/contracts';
import type { Persona } from '@signalbox/sessions';
import { describe, expect, it } from 'vitest';
import { launchParameters } from './launch-parameters.ts';

const persona = (settings: Persona['settings'] = {}): Persona => ({
  name: 'default',
  description: 'General',
  system_prompt: 'Be brief.',
  settings,
});
const modeOf = (of: Persona['settings'], set: Settings, most: 'default' | 'bypassPermissions') =>
  launchParameters(persona(of), set, most).permissionMode;

describe('the permission mode of a session', () => {
  it('is the persona’s, within what the configuration allows', () => {
    expect(modeOf({}, {}, 'default')).toBe('default');
    expect(modeOf({ permission_mode: 'plan' }, {}, 'default')).toBe('plan');
    expect(modeOf({ permission_mode: 'acceptEdits' }, {}, 'default')).toBe('default');
  });

  it('is what a person chose, but nobody is left unasked unless the configuration allows it', () => {
    expect(modeOf({ permission_mode: 'plan' }, { permission_mode: 'acceptEdits' }, 'default')).toBe('acceptEdits');
    expect(modeOf({}, { permission_mode: 'bypassPermissions' }, 'default')).toBe('default');
    expect(modeOf({}, { permission_mode: 'bypassPermissions' }, 'bypassPermissions')).toBe('bypassPermissions');
    expect(modeOf({}, { permission_mode: 'plan' }, 'bypassPermissions')).toBe('plan');
  });
});

it('Claude is told what plan mode means, and nothing of it in another mode', () => {
  const prompt = (set: Settings) => launchParameters(persona(), set, 'default').systemPrompt;
  expect(prompt({ permission_mode: 'plan' })).toMatch(/^Be brief\.\n\nYou are in plan mode/);
  expect(prompt({})).toBe('Be brief.');
});

describe('what Claude is started with', () => {
  const all = persona({ model: 'opus', max_turns: 3, allowed_tools: ['Read'], disallowed_tools: ['Bash'] });

  it('is the persona’s, unless something else was set for the session', () => {
    expect(launchParameters(all, {}, 'default')).toEqual({
      systemPrompt: 'Be brief.',
      model: 'opus',
      effort: undefined,
      maxTurns: 3,
      permissionMode: 'default',
      allowedTools: ['Read'],
      disallowedTools: ['Bash'],
    });
    const settings: Settings = { model: 'haiku', effort: 'max', allowed: ['Bash(ls)'] };
    expect(launchParameters(all, settings, 'default')).toMatchObject({
      model: 'haiku',
      effort: 'max',
      allowedTools: ['Read', 'Bash(ls)'],
    });
  });
});
