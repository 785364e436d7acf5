import { expect, it } from 'vitest';
import { describeQueue, excerptOf } from './queue-menu.ts';

const origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
const file = { fileId: 'F', uniqueId: 'U', kind: 'document' };
const excerpt = (more: object) =>
  excerptOf({ data: { version: 1, kind: 'message', session: 'web', origin, text: '', ...more } });

it('an album that waits is one, with the number that its notice has', () => {
  const job = (id: string, more: object = {}) => {
    const data = { version: 1, kind: 'message', session: 'web', origin, text: id, ...more };
    return { id, data, addedAt: 1, hasBegun: id === 'a', joinedTo: undefined };
  };
  const jobs = [job('a'), job('b', { album: 'x' }), job('c', { album: 'x' }), job('d')];
  const { message, rows } = describeQueue('web', [{ queue: { name: 'session-web', group: 'session.nas' }, jobs }]);
  expect(message.text).toBe("Queue of session 'web':\n▶️ a\n1. b (and 1 more, sent with it)\n2. d");
  expect(rows.map(([cancel]) => cancel?.label)).toEqual(['✖ Cancel 1', '✖ Cancel 2']);
});

it.each([
  ['a text', { text: ' one\n two ' }, 'one two'],
  ['a file with a caption', { text: 'look', files: [file] }, 'look'],
  ['a named file alone', { files: [{ ...file, name: 'a.pdf' }] }, '📎 a.pdf'],
  [
    'photos alone',
    {
      files: [
        { ...file, kind: 'photo' },
        { ...file, kind: 'photo' },
      ],
    },
    '📎 photo, 📎 photo',
  ],
])('%s is shown in a few words', (_, more, expected) => {
  expect(excerpt(more)).toBe(expected);
});

it.each([
  [{ kind: 'warm' }, '⚙️ Start Claude'],
  [{ kind: 'clear' }, '⚙️ Begin a new conversation'],
  [{ kind: 'rename', to: 'site' }, "⚙️ Rename the session to 'site'"],
  [{ kind: 'new', persona: 'default', personaNamed: false }, '⚙️ Make the session'],
])('a command that waits, %j, is shown in words', (more, expected) => {
  expect(excerptOf({ data: { version: 1, session: 'web', origin, ...more } })).toBe(expected);
});
