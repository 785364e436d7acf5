import type { z } from 'zod';
import type { Http } from './http.ts';
import type { Report } from './report.ts';

/** One environment variable of an integration: what the docs, `.env.example` and errors are made from. */
export interface IntegrationVariable {
  /** What a person must write, in words: it stands in the error. */
  readonly expected: string;
  readonly meaning: string;
  readonly secret?: boolean;
  /** Not secret, but part of what lets us in: it is named, as secrets are, when the service refuses. */
  readonly credential?: boolean;
  /** It may be left out. */
  readonly optional?: boolean;
}

/** What an integration works with: its own configuration, and nothing of any other. */
export interface IntegrationContext<Config> {
  readonly config: Config;
  /** Asks the services of this integration. */
  readonly http: Http;
  /** Aborted when the answer is no longer wanted. */
  readonly signal: AbortSignal;
  /** In ms since the epoch. */
  now(): number;
  readonly log: { warn(fields: object, message: string): void };
}

/** How an integration is offered to people: in `/help`, in Telegram's menu, on a worker's card. */
interface IntegrationCommand {
  /** The command, without the slash: lower case. */
  readonly name: string;
  /** How it is typed, such as `/kuma [filter]`. */
  readonly usage: string;
  /** A command as it may be typed, if words can follow it: `/kuma nas`. */
  readonly example?: string;
  /** For `/help` and Telegram's menu: at most 256 characters. */
  readonly description: string;
}

/** What an integration takes from the environment: for reading it, and for the docs that are made from it. */
export interface IntegrationSetup<Config = unknown> {
  /** By name. */
  readonly variables: Readonly<Record<string, IntegrationVariable>>;
  /** Reads the variables, by their names, as strings; those that are not set are absent. */
  readonly config: z.ZodType<Config>;
  /** What its credentials must be allowed, for the docs: a sentence. */
  readonly rights?: string;
  /** Whether it works without any of its variables. Default: it needs all that are not optional. */
  readonly needsNothing?: boolean;
}

/** Longest that an integration may ask for its report, in ms. */
export const LONGEST_RUN_MS = 20_000;

/** A homelab service behind a command of the chat. */
export interface Integration<Config = unknown> extends IntegrationCommand, IntegrationSetup<Config> {
  /** How long `run` may take, in ms; at most `LONGEST_RUN_MS`. */
  readonly timeoutMs: number;
  /** Asks, and says what is there. `args`: the words behind the command. Throws `HomelabError`. */
  run(context: IntegrationContext<Config>, args: readonly string[]): Promise<Report>;
  /** A report in one short line, for `/status`. Pure. */
  summary(report: Report): string;
  /** Whether the service answers and lets us in; for `doctor`. Throws `HomelabError`. */
  check(context: IntegrationContext<Config>): Promise<void>;
}

/** Defines an integration, its configuration's type taken from its schema. */
export function defineIntegration<Config>(integration: Integration<Config>): Integration<Config> {
  return integration;
}
