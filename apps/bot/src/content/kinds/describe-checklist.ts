import { z } from 'zod';
import { written } from '../writing/write-markdown.ts';
import type { Describe } from './described.ts';

const taskSchema = z.looseObject({
  id: z.number(),
  text: z.string(),
  text_entities: z.unknown().optional(),
  completion_date: z.number().optional(),
});
const checklistSchema = z.looseObject({
  title: z.string(),
  title_entities: z.unknown().optional(),
  tasks: taskSchema.array(),
});
type Checklist = z.infer<typeof checklistSchema>;

export const describeChecklist: Describe = (sent) => {
  const read = checklistSchema.safeParse(sent).data;
  return read && { text: [`Checklist: ${titleOf(read)}`, ...read.tasks.map(lineOf)].join('\n') };
};

function titleOf({ title, title_entities: entities }: Checklist): string {
  return written(title, entities);
}

function lineOf({ text, text_entities: entities, completion_date: at = 0 }: z.infer<typeof taskSchema>): string {
  return `- [${at > 0 ? 'x' : ' '}] ${written(text, entities)}`;
}

/** The checklist that a change is about: Telegram leaves it out once its message is gone. */
const about = { checklist_message: z.looseObject({ checklist: checklistSchema }).optional().catch(undefined) };
const addedSchema = z.looseObject({ ...about, tasks: taskSchema.array() });
const doneSchema = z.looseObject({
  ...about,
  marked_as_done_task_ids: z.number().array().default([]),
  marked_as_not_done_task_ids: z.number().array().default([]),
});

/** Tasks that somebody put to a checklist. */
export const describeAddedTasks: Describe = (sent) => {
  const read = addedSchema.safeParse(sent).data;
  return (
    read && { text: [`Added to ${named(read.checklist_message?.checklist)}:`, ...read.tasks.map(lineOf)].join('\n') }
  );
};

/** Tasks that somebody marked. */
export const describeMarkedTasks: Describe = (sent) => {
  const read = doneSchema.safeParse(sent).data;
  if (!read) return undefined;
  const list = read.checklist_message?.checklist;
  const lines = [
    ...read.marked_as_done_task_ids.map((id) => `- [x] ${taskOf(id, list)}`),
    ...read.marked_as_not_done_task_ids.map((id) => `- [ ] ${taskOf(id, list)}`),
  ];
  return lines.length === 0 ? undefined : { text: [`Marked in ${named(list)}:`, ...lines].join('\n') };
};

function named(list: Checklist | undefined): string {
  return list ? `the checklist “${titleOf(list)}”` : 'a checklist';
}

function taskOf(id: number, list: Checklist | undefined): string {
  const task = list?.tasks.find((each) => each.id === id);
  return task ? written(task.text, task.text_entities) : `task ${id}`;
}
