import { sessionQueue } from '@signalbox/contracts';
import type { Routing, Signals } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { PressButton } from '../asking/press-button.ts';
import { withFormer } from '../deciding/with-former.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import type { LiveView } from './live-view.ts';
import { type DraftStop, draftIdOf, type StopButtons } from './stop-button.ts';

export interface StopTurnParts {
  readonly live: Pick<LiveView, 'runningIn'>;
  readonly routing: Pick<Routing, 'activeSession' | 'session'>;
  readonly signals: Pick<Signals, 'stop'>;
  readonly stopButtons: StopButtons;
  readonly api: Pick<TelegramApi, 'answerButton'>;
  readonly log: Log;
}

/** Takes a stop. `id` names its update; `type` does what a text in that place would do. When it resolves, the stop is durable. */
export type StopDraft = (stop: DraftStop, id: string, type: (text: string) => Promise<void>) => Promise<void>;

/** A draft is there only while its turn is shown. One that nothing is known of was shown by an earlier bot. */
export function createStopDraft({ live, log, ...parts }: StopTurnParts): StopDraft {
  return async ({ place, draftId, userName }, id, type) => {
    const running = live.runningIn(place);
    if (!running) return type('/stop');
    if (draftIdOf(running.turn) !== draftId) return log.info('A stop came when its turn was over');
    await stopTurn(parts, { ...running, id, by: userName });
  };
}

/** The same for the [Stop] button of a view; any other button is passed on to `press`. */
export function withStopButton(
  press: PressButton,
  { live, stopButtons, api, log, ...parts }: StopTurnParts,
): PressButton {
  const show = (shown: Promise<void>) => {
    shown.catch((err: unknown) => log.debug({ err }, 'The answer to a button was not shown'));
  };
  return async (pressed, id, type) => {
    const { place, data, queryId, userName } = pressed;
    const turn = stopButtons.turnOf(place.chatId, data);
    if (turn === undefined) return press(pressed, id, type);
    const running = live.runningIn(place);
    const session = running?.session ?? (await parts.routing.activeSession(place));
    if (session === undefined || (running && running.turn !== turn))
      return show(api.answerButton(queryId, words.buttonIsOld));
    await stopTurn(parts, { session, turn, id, by: userName });
    show(api.answerButton(queryId, words.stopping));
  };
}

async function stopTurn(
  { routing, signals }: Pick<StopTurnParts, 'routing' | 'signals'>,
  stop: { session: string; turn: string; id: string; by: string },
): Promise<void> {
  const card = await routing.session(stop.session);
  for (const { name, pool } of card ? await withFormer(card, routing) : [])
    await signals.stop(sessionQueue(name, pool), { id: stop.id, jobId: stop.turn, by: stop.by });
}
