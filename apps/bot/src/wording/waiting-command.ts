import type { MessageJob, SessionJob } from '@signalbox/contracts';

/** What a command of a session that waits will do, for whoever looks at the queue. */
export function waitingCommand(job: Exclude<SessionJob, MessageJob>): string {
  switch (job.kind) {
    case 'new':
      return '⚙️ Make the session';
    case 'warm':
      return '⚙️ Start Claude';
    case 'clear':
      return '⚙️ Begin a new conversation';
    case 'compact':
      return '⚙️ Summarise the conversation';
    case 'rewind':
      return '⚙️ Go back in the conversation';
    case 'fork':
      return `⚙️ Copy the session to '${job.to}'`;
    case 'rename':
      return `⚙️ Rename the session to '${job.to}'`;
    case 'archive':
      return '⚙️ Put the session away';
    case 'restore':
      return '⚙️ Bring the session back';
    case 'delete':
      return '⚙️ Delete the session';
  }
}
