import { type Place, sessionQueue } from '@signalbox/contracts';
import type { Routing, Signals } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { PressButton } from '../asking/press-button.ts';
import { readCards, withFormer } from '../deciding/read-cards.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import { type DraftStop, draftIdOf, type StopButtons } from './stop-button.ts';

/** What stopping a turn calls. */
export interface StopDependencies {
  /** The turn that is shown in a place. */
  runningIn(place: Place): { readonly session: string; readonly turn: string } | undefined;
  readonly activeSession: Routing['activeSession'];
  readonly session: Routing['session'];
  readonly stop: Signals['stop'];
  readonly turnOf: StopButtons['turnOf'];
  readonly answerButton: TelegramApi['answerButton'];
  readonly log: Log;
}

/** Takes a stop. `id` names its update; `type` does what a text in that place would do. When it resolves, the stop is durable. */
export type StopDraft = (stop: DraftStop, id: string, type: (text: string) => Promise<void>) => Promise<void>;

/** A draft is there only while its turn is shown. One that nothing is known of was shown by an earlier bot. */
export function createStopDraft({ runningIn, log, ...calls }: StopDependencies): StopDraft {
  return async ({ place, draftId, userName }, id, type) => {
    const running = runningIn(place);
    if (!running) return type('/stop');
    if (draftIdOf(running.turn) !== draftId) return log.info('A stop came when its turn was over');
    await stopTurn(calls, { ...running, id, by: userName });
  };
}

/** The same for the [Stop] button of a view; any other button is passed on to `press`. */
export function withStopButton(
  press: PressButton,
  { runningIn, turnOf, answerButton, activeSession, log, ...calls }: StopDependencies,
): PressButton {
  const show = (shown: Promise<void>) => {
    shown.catch((err: unknown) => log.debug({ err }, 'The answer to a button was not shown'));
  };
  return async (pressed, id, type) => {
    const { place, data, queryId, userName } = pressed;
    const turn = turnOf(place.chatId, data);
    if (turn === undefined) return press(pressed, id, type);
    const running = runningIn(place);
    const session = running?.session ?? (await activeSession(place));
    if (session === undefined || (running && running.turn !== turn))
      return show(answerButton(queryId, words.buttonIsOld));
    await stopTurn(calls, { session, turn, id, by: userName });
    show(answerButton(queryId, words.stopping));
  };
}

async function stopTurn(
  { session, stop }: Pick<StopDependencies, 'session' | 'stop'>,
  stopped: { session: string; turn: string; id: string; by: string },
): Promise<void> {
  const { cards } = await readCards([stopped.session], { session });
  const card = cards.get(stopped.session);
  for (const { name, pool } of card ? withFormer(card, cards) : [])
    await stop(sessionQueue(name, pool), { id: stopped.id, jobId: stopped.turn, by: stopped.by });
}
