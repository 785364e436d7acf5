import type { Line } from '../stream/line.ts';
import { rateLimitOf } from '../turn/describe-line.ts';
import type { RateLimit } from '../turn/turn-event.ts';

/** What the lines tell about the process as a whole, whichever turn they belong to. */
export class SessionState {
  model: string | undefined;
  rateLimit: RateLimit | undefined;
  /** US dollars, cumulative, as the last result said. */
  totalCostUsd = 0;
  backgroundTasks = 0;

  note(line: Line): void {
    switch (line.kind) {
      case 'system/init':
        this.model = line.model ?? this.model;
        break;
      case 'system/background_tasks_changed':
        this.backgroundTasks = line.tasks.length;
        break;
      case 'rate_limit_event':
        this.rateLimit = rateLimitOf(line);
        break;
      case 'result':
        this.totalCostUsd = line.total_cost_usd ?? this.totalCostUsd;
        break;
    }
  }
}
