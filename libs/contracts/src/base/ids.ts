import { v5 } from 'uuid';

/**
 * Every id that crosses a process is derived here, from what Telegram or Claude already named.
 * The same cause gives the same id on any re-run, and that is what makes doing a thing twice harmless.
 */

const NAMESPACE = 'c1d7d2f4-5f0e-5c55-9a3c-3f1a6f0f8a11';

/** Job id of what one Telegram update asks for. A redelivered update is the same job. */
export function updateJobId(botId: number, updateId: number): string {
  return `u-${botId}-${updateId}`;
}

const AGAIN = '-again';

/** Job id of a failed job that is tried again. Two answers are one retry; a retry that fails can be tried again as well. */
export function retryJobId(jobId: string): string {
  return `${jobId}${AGAIN}`;
}

/** Ids of the jobs that a retry stands for: that of the first try first, its own last. */
export function triesOf(jobId: string): string[] {
  const before = jobId.slice(0, -AGAIN.length);
  return jobId === retryJobId(before) ? [...triesOf(before), jobId] : [jobId];
}

/** uuid of the message that Claude is given for a job; the CLI recognises it when it is sent again. */
export function messageUuid(jobId: string): string {
  return v5(jobId, NAMESPACE);
}

/** Reply id of a text block that Claude said: its transcript row names it, so publishing it again is harmless. */
export function saidReplyId(rowUuid: string): string {
  return `r-${rowUuid}`;
}

/** Reply id of files that Claude sent; `digest` is made of what they hold, so that the same ones are shown once for a job. */
export function filesReplyId(jobId: string, digest: string): string {
  return `f-${jobId}-${digest}`;
}

/** Reply id of uses of tools that are shown together, by the first of them. */
export function toolsReplyId(toolUseId: string): string {
  return `t-${v5(toolUseId, NAMESPACE)}`;
}

/** Reply id of a notice about a job; `what` tells the notices of one job apart. */
export function noticeReplyId(jobId: string, what: string): string {
  return `n-${jobId}-${what}`;
}
