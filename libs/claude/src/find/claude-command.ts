import type { FoundClaude } from './find-claude.ts';

/**
 * What a person types at a shell of this machine to get the CLI that was found, with its configuration: `claude` alone may be another one, or
 * none. @param configDir CLAUDE_CONFIG_DIR, if it is set
 */
export function claudeCommand({ path, source }: FoundClaude, configDir?: string): string {
  const config = configDir === undefined || configDir === '' ? '' : `CLAUDE_CONFIG_DIR=${shellWord(configDir)} `;
  return config + (source === 'PATH' ? 'claude' : shellWord(path));
}

/** A word for the shell, quoted if it needs to be. Pure. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
