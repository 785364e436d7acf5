import { describe, expect, it } from 'vitest';
import { allowLess, allowMore, changeSettings } from './settings.ts';

describe('settings', () => {
  it('are changed one by one, and taken back by null', () => {
    const settings = changeSettings({ model: 'opus', allowed: ['Read'] }, { effort: 'high', model: 'sonnet' });
    expect(settings).toEqual({ model: 'sonnet', effort: 'high', allowed: ['Read'] });
    expect(changeSettings(settings, { model: null })).toEqual({ effort: 'high', allowed: ['Read'] });
  });

  it('allow more rule by rule, and less', () => {
    const settings = allowMore(allowMore({ effort: 'high' }, ['Read'], undefined), ['Edit', 'Read'], undefined);
    expect(settings).toEqual({ effort: 'high', allowed: ['Read', 'Edit'] });
    expect(allowLess(settings, 'Read')).toEqual({ effort: 'high', allowed: ['Edit'] });
    expect(allowLess(settings, 'Write')).toEqual(settings);
    expect(allowLess(allowLess(settings, 'Read'), 'Edit')).toEqual({ effort: 'high' });
  });

  it('never become what they cannot be', () => {
    expect(() => changeSettings({}, { timeoutMinutes: 121 })).toThrow();
    expect(() => changeSettings({}, { model: '--dangerously-skip-permissions' })).toThrow();
  });
});
