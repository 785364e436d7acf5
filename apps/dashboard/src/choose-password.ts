import { randomBytes } from 'node:crypto';
import { ConfigurationError } from '@signalbox/service';
import { isLoopback } from './addresses.ts';

export interface ChosenPassword {
  readonly password: string;
  /** Made for this start, so somebody must be told. */
  readonly isMade: boolean;
}

/** The password to ask for. Throws `ConfigurationError` if there is none and others can reach the dashboard. */
export function choosePassword(configured: string | undefined, host: string): ChosenPassword {
  if (configured !== undefined) return { password: configured, isMade: false };
  if (isLoopback(host)) return { password: randomBytes(18).toString('base64url'), isMade: true };
  throw new ConfigurationError([
    `DASHBOARD_PASSWORD is not set. The dashboard listens on ${host}, where others can reach it: set a password, or leave DASHBOARD_HOST at 127.0.0.1.`,
  ]);
}
