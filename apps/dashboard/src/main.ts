import { runService } from '@signalbox/service';
import { startDashboard } from './start-dashboard.ts';

await runService('dashboard', startDashboard);
