import { z } from 'zod';
import { text, url } from './schemas.ts';
import { variable } from './variable.ts';

export const claudeVariables = {
  CLAUDE_BIN: variable(text, {
    topic: 'Claude',
    neededBy: ['worker'],
    expected: 'the path of an executable',
    meaning: 'The Claude Code CLI.',
    fallback: '`claude` on PATH, else the one installed by npm',
  }),
  CLAUDE_CONFIG_DIR: variable(text, {
    topic: 'Claude',
    neededBy: ['worker'],
    expected: 'a directory',
    meaning: 'Claude’s own directory: its login and its transcripts.',
    fallback: '`~/.claude`',
  }),
  ANTHROPIC_API_KEY: variable(text, {
    topic: 'Claude',
    neededBy: ['worker'],
    expected: 'an API key',
    meaning: 'An API key, if you do not log in with `claude`. Handed to Claude and to nothing else.',
    fallback: 'the login in CLAUDE_CONFIG_DIR',
    secret: true,
  }),
  CLAUDE_CODE_OAUTH_TOKEN: variable(text, {
    topic: 'Claude',
    neededBy: ['worker'],
    expected: 'a token made by `claude setup-token`',
    meaning: 'A long-lived token of your own subscription. Handed to Claude and to nothing else.',
    fallback: 'the login in CLAUDE_CONFIG_DIR',
    secret: true,
  }),
  ANTHROPIC_BASE_URL: variable(url('http:', 'https:').optional(), {
    topic: 'Claude',
    neededBy: ['worker'],
    expected: 'an http:// or https:// address',
    meaning: 'Another address of the Anthropic API. Handed to Claude and to nothing else.',
    fallback: 'Anthropic’s',
  }),
  PERMISSION_MODE: variable(z.enum(['default', 'acceptEdits', 'plan', 'bypassPermissions']).default('default'), {
    topic: 'Claude',
    neededBy: ['worker'],
    expected: 'default, acceptEdits, plan or bypassPermissions',
    meaning:
      'What Claude may do unasked. `default`: read only, all else needs permission. `bypassPermissions`: everything. Nobody is asked.',
    fallback: '`default`',
  }),
  TRANSCRIBE_COMMAND: variable(text, {
    topic: 'Claude',
    neededBy: ['worker'],
    expected: 'a command line',
    meaning:
      'Turns voice messages into text: a command that gets the path of a recording as its last argument and prints what is said in it. It is run by the worker, without a shell, for at most 5 minutes, and sees none of the secrets.',
    fallback: 'Claude gets recordings as files',
  }),
  IS_SANDBOX: variable(text, {
    topic: 'Claude',
    neededBy: ['worker'],
    expected: '1, or nothing',
    meaning:
      'Passed through to Claude: as root, `bypassPermissions` needs it. Only you can say that this machine is a sandbox.',
    fallback: 'unset',
  }),
};
