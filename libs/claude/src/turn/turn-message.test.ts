import { expect, test } from 'vitest';
import { messageLine } from './turn-message.ts';

test('a message is a turn of its own, and its text is only text', () => {
  const uuid = '74d6bbe3-cbc7-43fe-8090-710d10be3f55';
  expect(messageLine({ uuid, content: '/clear' })).toEqual({
    type: 'user',
    message: { role: 'user', content: '/clear' },
    parent_tool_use_id: null,
    session_id: '',
    uuid,
    priority: 'later',
    client_composed: true,
  });
});
