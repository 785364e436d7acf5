import { type LiveFrame, type Place, placeKey } from '@signalbox/contracts';
import { DraftRefusals } from './draft-refusals.ts';
import type { LiveMessages } from './live-messages.ts';
import { PlaceView, type ViewDependencies } from './place-view.ts';

/** The view of all running turns. */
export interface LiveView {
  /** Shows a frame, or not: the latest wins, and what Telegram refuses is dropped. */
  show(frame: LiveFrame): void;
  /** The turn that runs in a place, as far as this bot has heard of it. */
  runningIn(place: Place): { readonly session: string; readonly turn: string } | undefined;
  /** Takes over the messages that an earlier bot has left behind: they go unless their turns still run. */
  takeOver(): Promise<void>;
  /** Takes away what would otherwise stay. */
  stop(): Promise<void>;
}

/** What the live view calls. */
interface LiveViewDependencies extends Omit<ViewDependencies, 'draftRefusals'> {
  readonly messages: LiveMessages;
}

/** Shows what running turns do, beside the replies and never in their way. */
export function createLiveView(dependencies: LiveViewDependencies): LiveView {
  const places = new Map<string, PlaceView>();
  const shared = { ...dependencies, draftRefusals: new DraftRefusals() };
  const open = (place: Place, messageId?: number) => {
    const key = placeKey(place);
    const view = new PlaceView(shared, place, () => places.delete(key), messageId);
    places.set(key, view);
    return view;
  };
  return {
    show(frame) {
      const view = places.get(placeKey(frame.place));
      if (view || frame.state === 'working') (view ?? open(frame.place)).show(frame);
    },
    runningIn: (place) => places.get(placeKey(place))?.running,
    async takeOver() {
      for (const { place, messageId } of await dependencies.messages.all()) {
        if (!places.has(placeKey(place))) open(place, messageId);
      }
    },
    async stop() {
      await Promise.all([...places.values()].map((view) => view.end()));
    },
  };
}
