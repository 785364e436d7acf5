import { z } from 'zod';
import { HomelabError } from '../contract/homelab-error.ts';
import type { IntegrationContext } from '../contract/integration.ts';
import { readAnswer } from '../toolkit/read-answer.ts';
import { type BeszelSystem, Systems } from './systems.ts';

/** How the hub is reached, and from when on a system is in trouble. */
export interface BeszelConfig {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** From how much of CPU, memory or disk on it is said. */
  readonly warnPercent: number;
}

interface Login {
  /** Whose it is. */
  readonly config: string;
  readonly token: string;
  /** In ms since the epoch. */
  readonly endsAt: number;
}

/** A token is not used in the last minute before it ends: clocks differ. */
const MARGIN_MS = 60_000;

/** Asks Beszel, and stays logged in from one time to the next. */
export function createBeszelClient() {
  let held: Login | undefined;

  async function systems(context: IntegrationContext<BeszelConfig>): Promise<readonly BeszelSystem[]> {
    const { config } = context;
    const key = JSON.stringify([config.url, config.email, config.password]);
    const kept = held?.config === key && held.endsAt - MARGIN_MS > context.now() ? held : undefined;
    const found = kept ? await listSystems(context, kept.token).catch(nothingIfRefused) : [];
    if (found.length > 0) return found;
    // Beszel answers a token that is no longer good as it answers a stranger: with an empty list.
    const token = await logIn(context);
    held = { config: key, token, endsAt: endOf(token) };
    const again = await listSystems(context, token);
    if (again.length > 0) return again;
    const cure = 'Add that user to its systems there, or add a system.';
    throw new HomelabError('rights', `Beszel shows no systems to the user of BESZEL_EMAIL. ${cure}`);
  }

  return { systems };
}

function nothingIfRefused(error: unknown): readonly BeszelSystem[] {
  if (error instanceof HomelabError && error.code === 'refused') return [];
  throw error;
}

async function listSystems({ config, http }: IntegrationContext<BeszelConfig>, token: string) {
  const url = `${config.url}/api/collections/systems/records?perPage=500&sort=name`;
  return readAnswer(Systems, await http.json(url, { headers: { authorization: token } }), 'BESZEL_URL').items;
}

async function logIn({ config, http }: IntegrationContext<BeszelConfig>): Promise<string> {
  const { status, text } = await http.request(`${config.url}/api/collections/users/auth-with-password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identity: config.email, password: config.password }),
  });
  if (status === 400) {
    throw new HomelabError('refused', 'Beszel does not accept the login: check BESZEL_EMAIL and BESZEL_PASSWORD.');
  }
  if (status !== 200) {
    throw new HomelabError('answer', `BESZEL_URL answers the login with the status ${status}. Is the address right?`);
  }
  return readAnswer(LoginAnswer, text, 'BESZEL_URL').token;
}

const LoginAnswer = z
  .string()
  .transform((text) => parseJson(text))
  .pipe(z.object({ token: z.string().min(1) }));

/** When a token (JWT) ends, in ms since the epoch; one that does not say so is used once. */
export function endOf(token: string): number {
  const payload = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const { data } = z.object({ exp: z.number() }).safeParse(payload);
  return data ? data.exp * 1_000 : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
