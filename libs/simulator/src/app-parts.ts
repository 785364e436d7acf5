import type { AnthropicSimulator } from './anthropic/messages-api.ts';
import type { TelegramSimulator } from './telegram/telegram-simulator.ts';

/** What the HTTP routes serve. */
export type AppParts = {
  telegram: TelegramSimulator;
  anthropic: AnthropicSimulator;
  botToken: string;
  modelIsSimulated: boolean;
};
