import { runService } from '@signalbox/service';
import { startBot } from './start-bot.ts';

await runService('bot', startBot);
