import { runService } from '@signalbox/service';
import { startWorker } from './start-worker.ts';

await runService('worker', startWorker);
