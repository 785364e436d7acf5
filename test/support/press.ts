import { ANN, type ShownMessage } from '@signalbox/simulator';
import type { World } from './world.ts';

/** Ann presses the button with this label below a message. Throws if there is none. */
export function press(world: World, message: ShownMessage, label: string): { queryId: string } {
  const buttons = message.buttons.flat();
  const button = buttons.find(({ text }) => text === label);
  if (!button?.data) throw new Error(`No button "${label}" below "${message.text}", only ${JSON.stringify(buttons)}`);
  return world.telegram.press({ from: ANN.id, messageId: message.id, data: button.data });
}
