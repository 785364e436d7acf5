import { describe, expect, it } from 'vitest';
import { changeSettings } from './settings.ts';

describe('settings', () => {
  it('are changed one by one, and taken back by null', () => {
    const settings = changeSettings({ model: 'opus', allowed: ['Read'] }, { effort: 'high', model: 'sonnet' });
    expect(settings).toEqual({ model: 'sonnet', effort: 'high', allowed: ['Read'] });
    expect(changeSettings(settings, { model: null })).toEqual({ effort: 'high', allowed: ['Read'] });
  });

  it('never become what they cannot be', () => {
    expect(() => changeSettings({}, { timeoutMinutes: 121 })).toThrow();
    expect(() => changeSettings({}, { model: '--dangerously-skip-permissions' })).toThrow();
  });
});
