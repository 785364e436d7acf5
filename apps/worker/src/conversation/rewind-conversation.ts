import { copyConversation, type PastTurn, readHistory } from '@signalbox/claude';
import { messageUuid, type RewindJob } from '@signalbox/contracts';
import { type EarlierConversation, type Metadata, withLeft } from '@signalbox/sessions';
import { HistoryGone } from '../warm/session-history.ts';
import { describeTurn } from '../wording/describe-turns.ts';
import { words } from '../wording/words.ts';
import { forgetContext } from './forget-context.ts';
import { type LifecycleNeeds, type LifecycleRun, loadedFor } from './lifecycle-run.ts';
import { showLeft } from './show-left.ts';

type Run = LifecycleRun<RewindJob>;

/**
 * Goes back in the conversation, or brings an earlier one back. The conversation that is left stays as it is: what is kept of it is copied under
 * an id that comes from the job, so that done again it is the same one. (Going back in its own file loses turns when the process is killed
 * later, measured on 2.1.329.) Files are not touched.
 */
export async function rewindConversation(run: Run, needs: LifecycleNeeds): Promise<void> {
  try {
    await rewind(run, needs);
  } catch (error) {
    if (!(error instanceof HistoryGone)) throw error;
    await run.publisher.notice(run.taken.id, 'rewound', run.job.origin, words.historyGone(error.loss));
  }
}

async function rewind(run: Run, needs: LifecycleNeeds): Promise<void> {
  const { job } = run;
  const { metadata } = await needs.record.load(loadedFor(run));
  const { claudeSessionId, earlier = [] } = metadata;
  const wanted = earlier.find((each) => isNamed(each.claudeSessionId, job.backTo));
  if (wanted) await bringBack(run, metadata, wanted, needs);
  else if (!isNamed(claudeSessionId, job.backTo)) return goBack(run, metadata, needs);
  // If not now, an earlier try of this job has brought it back.
  await tell(run, needs, (turns) => words.broughtBack(turns));
}

/** Whether this is the beginning of an id. */
function isNamed(id: string, beginning: string): boolean {
  return plain(id).startsWith(plain(beginning));
}

function plain(id: string): string {
  return id.replaceAll('-', '');
}

async function bringBack(
  run: Run,
  metadata: Metadata,
  wanted: EarlierConversation,
  needs: LifecycleNeeds,
): Promise<void> {
  const { claudeSessionId, lastRow } = wanted;
  await needs.history.require({ ...metadata, claudeSessionId, lastRow });
  await needs.stopClaude();
  const earlier = withLeft(metadata, new Date(), claudeSessionId);
  const afresh = { refused: undefined, rewoundTo: undefined };
  await needs.record.change({ claudeSessionId, lastRow, earlier, ...afresh }, loadedFor(run));
  await forgetContext(run.name, needs.store);
}

async function goBack(run: Run, metadata: Metadata, needs: LifecycleNeeds): Promise<void> {
  const here = messageUuid(run.taken.id);
  const read = (claudeSessionId: string) => readHistory({ ...needs.setup, claudeSessionId });
  // An earlier try of this job may have come that far.
  const isThere = metadata.claudeSessionId === here;
  const { claudeSessionId, lastRow: last } = (isThere && metadata.earlier?.at(-1)) || metadata;
  await needs.history.require({ ...metadata, claudeSessionId, lastRow: last }, needs.stopClaude);
  const { turns } = await read(claudeSessionId);
  const at = isThere ? (await read(here)).turns.length : indexOf(run.job, turns, metadata.rewoundTo);
  const first = turns[at];
  if (first === undefined) return run.publisher.notice(run.taken.id, 'rewound', run.job.origin, words.nothingToRewind);
  if (!isThere) {
    await needs.stopClaude();
    await copyConversation({ ...needs.setup, claudeSessionId: metadata.claudeSessionId }, here, first.uuid);
    const { lastRow, turns: kept } = await read(here);
    const earlier = withLeft(metadata, new Date());
    const change = { claudeSessionId: here, lastRow, earlier, refused: undefined, rewoundTo: kept.at(-1)?.uuid };
    await needs.record.change(change, loadedFor(run));
    await forgetContext(run.name, needs.store);
  }
  await tell(run, needs, (left) => words.rewound(describeTurn(first, needs.redactBeginning), left));
}

/** The first of the turns that go; their number or -1 if there is none. */
function indexOf({ backTo, tries = [backTo] }: RewindJob, turns: readonly PastTurn[], rewoundTo: string | undefined) {
  if (backTo !== 'good') return turns.findIndex(({ uuid }) => tries.some((each) => isNamed(uuid, each)));
  // A turn that was gone back to, and after which nothing was answered, was not good enough.
  return turns.findLastIndex(({ state, uuid }) => state === 'answered' && uuid !== rewoundTo) + 1;
}

/** Says how many turns Claude knows now, with a button for the conversation that was left. */
async function tell({ name, taken, job, publisher }: Run, needs: LifecycleNeeds, text: (turns: number) => string) {
  const { metadata } = await needs.record.load();
  const { turns } = await readHistory({ ...needs.setup, claudeSessionId: metadata.claudeSessionId });
  const shown = showLeft(name, metadata, text(turns.length));
  await publisher.show(taken.id, 'rewound', { place: job.origin.place }, shown);
}
