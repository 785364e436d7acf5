import { OWN_COMMANDS } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../deciding/parse-command.ts';
import { MAX_MESSAGE_LENGTH } from '../rendering/text/split-message.ts';
import { helpText, startText, TITLES } from './help.ts';
import { commandGroups, commands, findCommand, nearestCommand } from './registry.ts';

describe('reading a command', () => {
  it.each([
    ['/new web', { name: 'new', to: undefined, args: ['web'] }],
    ['  /NEW   Web\n planner ', { name: 'new', to: undefined, args: ['Web', 'planner'] }],
    ['/help@Some_Bot', { name: 'help', to: 'Some_Bot', args: [] }],
    ['/new@some_bot web', { name: 'new', to: 'some_bot', args: ['web'] }],
    ['/new\u00a0web', { name: 'new', to: undefined, args: ['web'] }],
    ['/__proto__', undefined],
    ['/constructor', { name: 'constructor', to: undefined, args: [] }],
  ])('%j', (text, expected) => {
    if (expected) expect(parseCommand(text)).toMatchObject(expected);
    else expect(parseCommand(text)).toBeUndefined();
  });

  it.each(['', 'hello', '/', '/ new', '//new', '/etc/hosts', 'a /new web', '/2fa', '/new-web', '/new.', '/né'])(
    'takes %j for plain text',
    (text) => {
      expect(parseCommand(text)).toBeUndefined();
    },
  );

  it('knows no command that an object merely inherits', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) expect(findCommand(name)).toBeUndefined();
  });

  it('of a hostile length does not take long', () => {
    expect(parseCommand(`/new ${' '.repeat(50_000)}x`)?.args).toEqual(['x']);
    expect(parseCommand(`/${'a'.repeat(50_000)}`)).toBeUndefined();
  });
});

describe('the nearest command', () => {
  it.each([
    ['nwe', 'new'],
    ['sesion', 'session'],
    ['sessionss', 'sessions'],
    ['hlep', 'help'],
    ['strt', 'start'],
    ['frobnicate', undefined],
    ['a'.repeat(32), undefined],
    ['top', undefined],
    ['xew', undefined],
    ['sesn', undefined],
  ])('of /%s is %s', (typed, expected) => {
    expect(nearestCommand(typed)).toBe(expected);
  });

  it.each([
    ['stopp', 'stop'],
    ['nwe', 'new'],
    ['nas', undefined],
    ['home', undefined],
  ])('of /%s at the head of a sentence is %s', (typed, expected) => {
    expect(nearestCommand(typed, ['host'], { inSentence: true })).toBe(expected);
  });
});

describe('the chat’s own commands', () => {
  it('that take words have an example with words, and nothing names bypassPermissions without a warning', () => {
    for (const { name, usage, example } of commands) {
      if (/[[<]/.test(usage)) expect(example).toMatch(new RegExp(`^/${name} \\w`));
      expect(usage).not.toContain('bypassPermissions');
    }
  });

  it('are all reserved, so that no integration takes their names', () => {
    expect(commands.map(({ name }) => name).sort()).toEqual([...OWN_COMMANDS].sort());
  });
});

describe('help', () => {
  const help = (...[simulated, integrations]: [boolean?, Parameters<typeof helpText>[2]?]) =>
    helpText(commandGroups, simulated ?? false, integrations);

  it('has one line for every command, and says so when the model is simulated', () => {
    for (const { name } of commands)
      expect(
        help()
          .split('\n')
          .filter((line) => new RegExp(`^/${name}[ ]`).test(line)),
      ).toHaveLength(1);
    expect(help()).not.toContain('simulated');
    expect(help(true)).toContain('simulated');
    expect(startText(true)).toContain('simulated');
    expect(startText(false)).toContain('/new <name>');
  });

  it('is grouped by talk, session, house and settings, and fits one message', () => {
    const titles = help()
      .split('\n')
      .filter((line) => Object.values<string>(TITLES).includes(line));
    expect(titles).toEqual(Object.values(TITLES));
    expect(help(true).length).toBeLessThan(MAX_MESSAGE_LENGTH);
  });

  it('has the homelab’s commands: those that are configured, and the names of the others', () => {
    const kuma = { name: 'kuma', usage: '/kuma [filter]', description: 'Monitors', configured: true };
    const text = help(false, [kuma, { ...kuma, name: 'pbs', usage: '/pbs', configured: false }]);
    expect(text).toMatch(/\/status – .*\n\/kuma \[filter\] – Monitors\nNot configured: \/pbs\n\n⚙️ Settings\n/);
    expect(help()).not.toMatch(/Not configured/);
  });

  it('fits what Telegram takes for its menu', () => {
    for (const { name, description } of commands) {
      expect(name).toMatch(/^[a-z0-9_]{1,32}$/);
      expect(description.length).toBeLessThanOrEqual(256);
    }
  });
});
