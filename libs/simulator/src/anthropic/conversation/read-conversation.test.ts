import { describe, expect, test } from 'vitest';
import { classify } from '../script/choose-steps.ts';
import { readConversation } from './read-conversation.ts';
import type { MessagesRequest } from './read-request.ts';

const reminder = { type: 'text', text: '<system-reminder>\nAttribution: [[say no]]\n</system-reminder>\n' };
const text = (words: string) => ({ type: 'text', text: words });
const toolUse = { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'Bash', input: {} }] };
const toolResult = { type: 'tool_result', tool_use_id: 't1', content: [text('42')], is_error: false };

function read(...messages: MessagesRequest['messages']) {
  return readConversation({ model: 'm', messages, system: [text('You are'), text('a persona')] });
}

describe('a conversation', () => {
  test('is read without what the CLI wraps around the texts', () => {
    const conversation = read(
      { role: 'user', content: [reminder, text('hello')] },
      { role: 'system', content: '# Environment' },
    );
    expect(conversation).toMatchObject({
      system: 'You are\na persona',
      userTexts: ['hello'],
      lastUserText: 'hello',
      rounds: 0,
    });
    expect(classify(conversation, true)).toBe('turn');
  });

  test('counts the rounds of tools since the last text and keeps their results', () => {
    const conversation = read({ role: 'user', content: 'go' }, toolUse, { role: 'user', content: [toolResult] });
    expect(conversation).toMatchObject({ rounds: 1, toolResults: [{ toolUseId: 't1', text: '42', isError: false }] });
    expect(classify(conversation, true)).toBe('continuation');
  });

  test('goes on at the same place when the CLI resumes by itself', () => {
    const hidden = text('Continue from where you left off.');
    const conversation = read({ role: 'user', content: 'go' }, toolUse, {
      role: 'user',
      content: [toolResult, hidden],
    });
    expect(conversation).toMatchObject({ userTexts: ['go'], rounds: 1, resumed: true });
  });

  test('after an interruption answers the new text alone', () => {
    const conversation = read({ role: 'user', content: 'first' }, toolUse, {
      role: 'user',
      content: [toolResult, text('[Request interrupted by user for tool use]'), text('second')],
    });
    expect(conversation).toMatchObject({
      userTexts: ['first', 'second'],
      lastUserText: 'second',
      rounds: 0,
      toolResults: [],
    });
  });

  test('names the kinds of what is attached', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } };
    expect(read({ role: 'user', content: [image, text('what is this?')] }).attachments).toEqual(['image/png']);
  });

  test('the CLI’s own small questions are side requests', () => {
    const conversation = readConversation({
      model: 'm',
      messages: [{ role: 'user', content: 'fix the login' }],
      system: 'Write a short title for this conversation',
    });
    expect(classify(conversation, false)).toBe('side');
  });
});
