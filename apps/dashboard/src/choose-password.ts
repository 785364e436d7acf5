import { randomBytes } from 'node:crypto';

export interface ChosenPassword {
  readonly password: string;
  /** Made for this start, so somebody must be told. */
  readonly isMade: boolean;
}

/** The password to ask for. Reading the configuration has made sure that there is one where others can reach the dashboard. */
export function choosePassword(configured: string | undefined): ChosenPassword {
  if (configured !== undefined) return { password: configured, isMade: false };
  return { password: randomBytes(18).toString('base64url'), isMade: true };
}
