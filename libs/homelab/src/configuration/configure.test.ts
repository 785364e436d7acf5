import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineIntegration } from '../contract/integration.ts';
import { configure, describeMissing, secretsOfIntegration } from './configure.ts';

const lamp = defineIntegration({
  name: 'lamp',
  usage: '/lamp',
  description: 'Whether the light is on',
  variables: {
    LAMP_URL: { expected: 'an address', meaning: 'Where it is.' },
    LAMP_KEY: { expected: 'a key of 4 digits', meaning: 'Its key.', secret: true },
    LAMP_LIST: { expected: 'names, with commas between', meaning: 'Which.', optional: true },
  },
  config: z
    .object({ LAMP_URL: z.url(), LAMP_KEY: z.string().regex(/^\d{4}$/), LAMP_LIST: z.string().optional() })
    .superRefine(({ LAMP_LIST }, context) => {
      if (LAMP_LIST === 'x') context.addIssue({ code: 'custom', path: ['LAMP_LIST'], message: '“x” is no name' });
      if (LAMP_LIST === 'y') context.addIssue({ code: 'custom', message: 'a list needs an address of its own' });
    }),
  timeoutMs: 1_000,
  run: async () => ({ level: 'ok', title: 'on', lines: [] }),
  summary: ({ title }) => title,
  check: async () => undefined,
});
const good = { LAMP_URL: 'http://lamp', LAMP_KEY: '1234' };

describe('an integration', () => {
  it('is configured with what is set of its own variables', () => {
    const values = { ...good, LAMP_LIST: '' };
    expect(configure(lamp, { ...values, OTHER: 'x' })).toMatchObject({
      state: 'configured',
      config: good,
      values: good,
    });
  });

  it.each([
    [{}, ['LAMP_URL', 'LAMP_KEY']],
    [{ LAMP_LIST: 'a' }, ['LAMP_URL', 'LAMP_KEY']],
  ])('of which %j is set is not configured, and names what is missing', (env, names) => {
    expect(configure(lamp, env)).toMatchObject({ state: 'missing', names });
  });

  it.each([
    [{ LAMP_URL: 'http://lamp', LAMP_KEY: '' }, ['LAMP_KEY is not set, but LAMP_URL is. Expected a key of 4 digits.']],
    [
      { LAMP_KEY: 'hunter2' },
      [
        'LAMP_URL is not set, but LAMP_KEY is. Expected an address.',
        'LAMP_KEY: expected a key of 4 digits, got something else (not shown: it is a secret).',
      ],
    ],
  ])('of which only %j is set is wrong, and says what else it needs', (env, problems) => {
    expect(configure(lamp, env)).toMatchObject({ state: 'invalid', problems });
  });

  it('that works without any variable is configured when none is set', () => {
    const free = { ...lamp, needsNothing: true, config: z.object({}) };
    expect(configure(free, {})).toMatchObject({ state: 'configured' });
    expect(configure(free, { LAMP_URL: 'http://lamp' })).toMatchObject({ state: 'invalid' });
  });

  it('with wrong values has a sentence for each, without the value of a secret', () => {
    const { problems } = configure(lamp, { LAMP_URL: 'lamp', LAMP_KEY: 'hunter2', LAMP_LIST: 'x' }) as never as {
      problems: string[];
    };
    expect(problems).toEqual([
      'LAMP_URL: expected an address, got "lamp".',
      'LAMP_KEY: expected a key of 4 digits, got something else (not shown: it is a secret).',
      'LAMP_LIST: “x” is no name. Expected names, with commas between.',
    ]);
  });

  it.each([
    ['x', 'LAMP_LIST: “x” is no name. Expected names, with commas between.'],
    ['y', '/lamp: a list needs an address of its own.'],
  ])('with %j says what is wrong in the words of its schema', (LAMP_LIST, problem) => {
    expect(configure(lamp, { ...good, LAMP_LIST })).toMatchObject({ state: 'invalid', problems: [problem] });
  });

  it('has the secrets that are set, also while it is not configured', () => {
    expect(secretsOfIntegration(lamp, { LAMP_KEY: 'hunter2', LAMP_LIST: 'a' })).toEqual(['hunter2']);
    expect(secretsOfIntegration(lamp, {})).toEqual([]);
  });
});

it.each([
  [['A'], 'Not configured. Set A.'],
  [['A', 'B', 'C'], 'Not configured. Set A, B and C.'],
])('what is missing of %j is said in a sentence', (names, sentence) => {
  expect(describeMissing(names)).toBe(sentence);
});
