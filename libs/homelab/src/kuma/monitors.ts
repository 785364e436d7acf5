/** How Uptime Kuma sees a monitor. `paused`: it has no heartbeat. */
export type MonitorState = 'down' | 'pending' | 'up' | 'maintained' | 'paused';

/** A monitor, in the words of neither way in which Uptime Kuma tells of it. */
export interface Monitor {
  readonly name: string;
  readonly state: MonitorState;
  /** How long its last answer took, in ms. */
  readonly responseMs?: number;
  /** The part of the last 24 h in which it was up, 0 to 1. */
  readonly uptime?: number;
  /** Until its certificate ends. */
  readonly certificateDays?: number;
}

const STATES: readonly MonitorState[] = ['down', 'up', 'pending', 'maintained'];

/** A monitor's state from Kuma's number for it; one that we do not know is `pending`. */
export function monitorState(status: number): MonitorState {
  return STATES[status] ?? 'pending';
}
