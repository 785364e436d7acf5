import { randomUUID } from 'node:crypto';
import { type OfferedModel, startClaude } from '@signalbox/claude';
import type { ClaudeSetup } from './claude-setup.ts';

/** The models that the installed CLI offers: as the last process has said, else as one says that is started for the question. */
export class OfferedModels {
  readonly #ask: () => Promise<readonly OfferedModel[]>;
  #known: readonly OfferedModel[] = [];

  constructor(ask: () => Promise<readonly OfferedModel[]>) {
    this.#ask = ask;
  }

  /** Takes what a process has said. */
  note(models: readonly OfferedModel[]): void {
    if (models.length > 0) this.#known = models;
  }

  /** None if the CLI does not say. Throws `ClaudeError` if it cannot be asked. */
  async list(): Promise<readonly OfferedModel[]> {
    if (this.#known.length === 0) this.note(await this.#ask());
    return this.#known;
  }
}

/** Starts a CLI to ask it, and ends it. @param cwd any directory */
export async function askForModels(
  { binary, environment, configDir }: Pick<ClaudeSetup, 'binary' | 'environment' | 'configDir'>,
  cwd: string,
): Promise<readonly OfferedModel[]> {
  const claudeSessionId = randomUUID();
  const process = await startClaude({
    binary,
    environment,
    configDir,
    cwd,
    claudeSessionId,
    marker: `${cwd}/${claudeSessionId}`,
    permissionMode: 'default',
    onPermission: async () => ({ behavior: 'deny', message: 'Nothing is to be done here.' }),
    onLate: () => undefined,
  });
  await process.stop();
  return process.models;
}

/** Whether a name that a person typed means one of these models, by its short name or its whole one, with or without its date. */
export function isOffered(typed: string, models: readonly OfferedModel[]): boolean {
  return models.some(({ value, resolvedModel = '', displayName = '' }) =>
    [value, resolvedModel, resolvedModel.replace(/-\d{8}(?=$|\[)/, ''), displayName].some(
      (name) => name.toLowerCase() === typed.toLowerCase(),
    ),
  );
}
