import type { TurnEvent } from '@signalbox/claude';
import type { LiveFrame, Place } from '@signalbox/contracts';
import { briefInput } from './brief-input.ts';

/** How often the live view is told that a turn still runs, in ms; it takes longer silence for the end. */
const STILL_WORKING_MS = 3_500;

export interface Progress {
  /** Takes note of what Claude does. */
  note(event: TurnEvent): void;
  /** Says that the turn is over. */
  end(): void;
}

/** Tells the live view of a turn: that it runs, and which tool works on what. */
export function showProgress(
  turn: { place: Place; session: string; jobId: string },
  publish: (frame: LiveFrame) => void,
): Progress {
  const running = new Map<string, NonNullable<LiveFrame['tool']>>();
  const frame = (state: LiveFrame['state']): LiveFrame => {
    const tool = [...running.values()].at(-1);
    return { place: turn.place, session: turn.session, turn: turn.jobId, state, ...(tool ? { tool } : {}) };
  };
  const tell = () => publish(frame('working'));
  const timer = setInterval(tell, STILL_WORKING_MS);
  tell();
  return {
    note(event) {
      if (event.type === 'tool-started') running.set(event.id, { name: event.name, input: briefInput(event.input) });
      else if (event.type === 'tool-ended') running.delete(event.id);
      else return;
      if (event.type === 'tool-started') tell();
    },
    end() {
      clearInterval(timer);
      publish(frame('ended'));
    },
  };
}
