import { ClaudeError, claudeVersion, findClaude } from '@signalbox/claude';
import type { RawEnvironment } from '@signalbox/service';
import { claudeToType } from '../settings/claude-to-type.ts';
import { detectLogin } from '../settings/detect-login.ts';
import type { Finding } from './finding.ts';

/** Claude Code itself, and what it logs in with. */
export async function checkClaude(env: RawEnvironment): Promise<Finding[]> {
  return [await checkProgram(env), await checkLogin(env)];
}

async function checkProgram(env: RawEnvironment): Promise<Finding> {
  const what = 'claude';
  try {
    const { path, source } = await findClaude({ explicit: env.CLAUDE_BIN, path: env.PATH ?? '' });
    return { what, state: 'ok', text: `${await claudeVersion(path)} (${source})` };
  } catch (error) {
    if (!(error instanceof ClaudeError)) throw error;
    return { what, state: 'bad', text: `${error.message} ${error.advice()}` };
  }
}

async function checkLogin(env: RawEnvironment): Promise<Finding> {
  const what = 'login';
  const variable = ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN', 'ANTHROPIC_BASE_URL'].find((name) => env[name]);
  if (variable !== undefined) return { what, state: 'ok', text: `by ${variable}` };
  if (await detectLogin(env)) return { what, state: 'ok', text: 'by claude on this machine' };
  const claude = await claudeToType(env);
  const text = `None: npm start simulates the model. Run \`${claude}\` once and log in, or set ANTHROPIC_API_KEY.`;
  return { what, state: 'warn', text };
}
