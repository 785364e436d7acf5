import type { BackgroundWork } from '@signalbox/claude';

/** What becomes of a session's Claude process, in the order in which it may come. */
export type ProcessEvent =
  | { readonly type: 'starting' }
  | { readonly type: 'not-started' }
  /** `foundLate`: it goes on with a turn of its own that its predecessor was at. */
  | { readonly type: 'started'; readonly pid: number; readonly background: BackgroundWork; readonly foundLate: boolean }
  /** What it is at besides its messages has changed. */
  | { readonly type: 'background'; readonly background: BackgroundWork }
  | { readonly type: 'stopping' }
  | { readonly type: 'stopped' }
  /** It had ended by itself, and what it left behind is ended too. */
  | { readonly type: 'ended' };
