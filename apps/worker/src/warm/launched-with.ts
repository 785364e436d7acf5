import { isDeepStrictEqual } from 'node:util';
import type { PermissionMode } from '@signalbox/contracts';
import type { Persona, SessionStore } from '@signalbox/sessions';
import { type LaunchParameters, launchParameters } from './launch-parameters.ts';

/** What a session's Claude was started with, and was told since: it is started anew when that no longer holds. */
export class LaunchedWith {
  readonly #name: string;
  readonly #store: Pick<SessionStore, 'peekPersona' | 'peekSettings'>;
  readonly #most: PermissionMode;
  #parameters: LaunchParameters | undefined;

  /** `most`: the most that the configuration lets any persona do. */
  constructor(name: string, store: Pick<SessionStore, 'peekPersona' | 'peekSettings'>, most: PermissionMode) {
    this.#name = name;
    this.#store = store;
    this.#most = most;
  }

  /** What a Claude that starts now is to be started with. */
  async renew(persona: Persona): Promise<LaunchParameters> {
    this.#parameters = await this.#inForce(persona);
    return this.#parameters;
  }

  /** Whether it still holds: a person may have changed the session's settings or persona. */
  async isUpToDate(): Promise<boolean> {
    const persona = await this.#store.peekPersona(this.#name);
    return persona !== undefined && isDeepStrictEqual(await this.#inForce(persona), this.#parameters);
  }

  /** The running Claude was told this: it counts as what it was started with. */
  add({ rules, permissionMode }: { rules: readonly string[]; permissionMode?: PermissionMode }): void {
    if (!this.#parameters) return;
    const allowedTools = [...new Set([...this.#parameters.allowedTools, ...rules])];
    this.#parameters = { ...this.#parameters, allowedTools, ...(permissionMode && { permissionMode }) };
  }

  async #inForce(persona: Persona): Promise<LaunchParameters> {
    return launchParameters(persona, await this.#store.peekSettings(this.#name), this.#most);
  }
}
