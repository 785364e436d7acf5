import type { MenuButton } from '@signalbox/contracts';
import type { FormattedText } from '../rendering/text/formatted-text.ts';

/** A message with buttons as it is to be shown. */
export interface MenuView {
  readonly message: FormattedText;
  readonly rows: readonly (readonly MenuButton[])[];
}
