import { type LiveFrame, type Place, placeKey } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { ChatPace } from '../telegram/chat-pace.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import type { LiveMessages } from './live-messages.ts';
import { PlaceView } from './place-view.ts';
import type { StopButtons } from './stop-button.ts';

export type Streaming = 'draft' | 'edit' | 'off';

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

export interface LiveViewParts {
  readonly api: TelegramApi;
  readonly gate: FloodGate;
  readonly pace: ChatPace;
  readonly messages: LiveMessages;
  readonly streaming: Streaming;
  readonly stopButtons: StopButtons;
  readonly log: Log;
}

/** What the views of all places share. */
export interface PlaceViewParts extends LiveViewParts {
  /** Private chats for which Telegram takes no drafts. */
  readonly withoutDrafts: Set<number>;
}

/** Shows what running turns do, beside the replies and never in their way. */
export function createLiveView(parts: LiveViewParts): LiveView {
  const places = new Map<string, PlaceView>();
  const shared = { ...parts, withoutDrafts: new Set<number>() };
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
      for (const { place, messageId } of await parts.messages.all()) {
        if (!places.has(placeKey(place))) open(place, messageId);
      }
    },
    async stop() {
      await Promise.all([...places.values()].map((view) => view.end()));
    },
  };
}
