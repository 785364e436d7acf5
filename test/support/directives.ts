/** Has the simulated model use a tool. */
export function use(tool: string, input: object = {}): string {
  return `[[tool ${tool} ${JSON.stringify(input)}]]`;
}

/** Has the simulated model use Bash; the command runs in the session's workspace. */
export function bash(command: string, more: object = {}): string {
  return use('Bash', { command, description: 'A test', ...more });
}

/** Lets Claude use its tools without asking anybody: the tests may run as root. */
export const BYPASS = { PERMISSION_MODE: 'bypassPermissions', IS_SANDBOX: '1' };
