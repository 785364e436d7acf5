import type { OfferedModel } from '@signalbox/claude';
import type { ControlJob } from '@signalbox/contracts';
import { isOffered } from '../warm/offered-models.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';

/** What is asked before a session gets a model that Claude Code does not offer, unless the person is sure; `undefined`: nothing. */
export async function askAboutModel(
  session: string,
  { change: { model }, sure }: Pick<Extract<ControlJob, { kind: 'set' }>, 'change' | 'sure'>,
  { offeredModels }: { offeredModels(): Promise<readonly OfferedModel[]> },
): Promise<Shown | undefined> {
  if (model == null || sure) return undefined;
  // One that cannot be asked says so when a message comes.
  const models = await offeredModels().catch(() => []);
  if (models.length === 0 || isOffered(model, models)) return undefined;
  const use = {
    label: 'Use it all the same',
    act: { do: 'command', text: `/model ${model} anyway ${session}` },
  } as const;
  const cancel = { label: 'Cancel', act: { do: 'settle' } } as const;
  const names = models.map(({ value }) => value);
  return { kind: 'menu', text: words.modelNotOffered(model, names), plain: true, rows: [[use, cancel]], once: true };
}
