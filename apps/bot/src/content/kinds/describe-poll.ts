import type { FileRef } from '@signalbox/contracts';
import { z } from 'zod';
import { written } from '../writing/write-markdown.ts';
import { describeLocation } from './describe-place.ts';
import type { Describe } from './described.ts';
import { filesOf } from './read-files.ts';

const mediaSchema = z.looseObject({
  link: z.looseObject({ url: z.string() }).optional().catch(undefined),
});
const media = mediaSchema.optional().catch(undefined);
type Media = z.infer<typeof media>;
const optionSchema = z.looseObject({
  text: z.string(),
  text_entities: z.unknown().optional(),
  voter_count: z.number().default(0),
  media,
});
const pollSchema = z.looseObject({
  question: z.string(),
  question_entities: z.unknown().optional(),
  options: optionSchema.array(),
  type: z.string().optional(),
  is_closed: z.boolean().optional(),
  total_voter_count: z.number().default(0),
  correct_option_ids: z.number().array().default([]),
  description: z.string().optional(),
  description_entities: z.unknown().optional(),
  explanation: z.string().optional(),
  explanation_entities: z.unknown().optional(),
  media,
  explanation_media: media,
});
type Poll = z.infer<typeof pollSchema>;

/** A poll or a quiz as it stands: its options, how often each was chosen, and what belongs to it. */
export const describePoll: Describe = (sent) => {
  const poll = pollSchema.safeParse(sent).data;
  if (!poll) return undefined;
  const title = `${poll.type === 'quiz' ? 'Quiz' : 'Poll'}${poll.is_closed ? ' (closed)' : ''}: `;
  const lines = [
    title + written(poll.question, poll.question_entities),
    poll.description && written(poll.description, poll.description_entities),
    aside(poll.media),
    ...poll.options.map((option, index) => `- ${describeOption(option, index, poll)}`),
    poll.explanation && `Explanation: ${written(poll.explanation, poll.explanation_entities)}`,
    aside(poll.explanation_media),
  ];
  const all = [poll.media, ...poll.options.map((option) => option.media), poll.explanation_media];
  return { text: lines.filter(Boolean).join('\n'), files: all.flatMap(filesIn) };
};

function describeOption(
  { text, text_entities: entities, voter_count: votes, media }: z.infer<typeof optionSchema>,
  index: number,
  { total_voter_count: total, correct_option_ids: correct }: Poll,
): string {
  const facts = [
    ...(total > 0 ? [`${votes} of ${total}`] : []),
    ...(correct.includes(index) ? ['right'] : []),
    ...[aside(media)].filter(Boolean),
  ];
  return written(text, entities) + (facts.length === 0 ? '' : ` (${facts.join(', ')})`);
}

/** What lies beside it and is no file. */
function aside(media: Media): string {
  const venue = media?.venue as { location?: unknown } | undefined;
  return media?.link?.url ?? describeLocation(media?.location ?? venue?.location) ?? '';
}

function filesIn(media: Media): FileRef[] {
  return media ? filesOf(media) : [];
}

const changedSchema = z.looseObject({ option_text: z.string(), option_text_entities: z.unknown().optional() });

/** An option that somebody put to a poll or took out of it. */
export const describeOptionChange =
  (what: string): Describe =>
  (sent) => {
    const read = changedSchema.safeParse(sent).data;
    return read && { text: `${what}: ${written(read.option_text, read.option_text_entities)}` };
  };
