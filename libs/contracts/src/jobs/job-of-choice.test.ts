import { expect, it } from 'vitest';
import { messageUuid } from '../base/ids.ts';
import { jobOfChoice } from './job-of-choice.ts';

const about = { session: 'web', origin: { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 } };

it.each([
  ['u-1-5', ['u-1-5']],
  ['u-1-5-again-again', ['u-1-5', 'u-1-5-again', 'u-1-5-again-again']],
])('going back to before the message of %s names each try of it, the first one first', (jobId, tries) => {
  expect(jobOfChoice('back', jobId, about)).toMatchObject({
    id: `${jobId}-back`,
    data: { kind: 'rewind', backTo: messageUuid(jobId), tries: tries.map(messageUuid) },
  });
});
