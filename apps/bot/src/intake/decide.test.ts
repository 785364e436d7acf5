import { describe, expect, it } from 'vitest';
import { decideOn, decideText, enqueued, origin, type World, withWeb } from '../../testing/deciding.ts';

describe('a text', () => {
  it('goes to the session that the place talks to, with its marks', async () => {
    const marks = { forwardedFrom: 'Bob', replied: { text: 'earlier' } };
    const { decision } = await decideText('hello', {}, marks);
    expect(enqueued(decision)).toEqual({
      queue: 'session-web of session.nas',
      job: { version: 1, kind: 'message', session: 'web', origin, text: 'hello', ...marks },
    });
    expect(decision).not.toHaveProperty('say');
  });

  it.each(['stop', '/clear', '/stop all', '/mode acceptEdits', '/new x'])(
    'that is forwarded is quoted to Claude, also if it is “%s”',
    async (text) => {
      const { decision, claimed } = await decideText(text, {}, { forwardedFrom: 'Bob' });
      expect(enqueued(decision)?.job).toMatchObject({ kind: 'message', text, forwardedFrom: 'Bob' });
      expect([Object.keys(decision ?? {}), claimed]).toEqual([['enqueue'], undefined]);
    },
  );
});

describe('a text where an answer is waited for', () => {
  const queue = { name: 'session-web', group: 'session.nas' };
  const ask = (questionId: string, marked: string[] = []) => ({
    about: { queue, requestId: questionId },
    questionId,
    prefix: 'no: ',
    marked,
  });
  const message = { enqueue: { queue, job: { version: 1, kind: 'message', session: 'web', origin, text: 'red' } } };

  it('answers the first question that is open by then, or else is a message', async () => {
    const { decision } = await decideText('red', { expected: [ask('q-1'), ask('q-2')] });
    const to = ['q-1', 'q-2'].map((questionId) => ({
      about: { queue, requestId: questionId },
      questionId,
      value: 'no: red',
      shown: '→ red (Ann)',
    }));
    expect(decision).toEqual({ answer: { to, otherwise: message } });
  });

  it('answers together with what is marked there', async () => {
    const { decision } = await decideText('red', { expected: [ask('q-1', ['Blue', 'Green'])] });
    expect(decision?.answer?.to).toMatchObject([{ value: 'no: Blue, Green, red', shown: '→ Blue, Green, red (Ann)' }]);
    expect(decision?.answer?.otherwise).toEqual(message);
  });

  it.each([
    ['is a command', '/status', {}],
    ['is forwarded', 'red', { forwardedFrom: 'Bob' }],
    ['has files', 'red', { files: [{ fileId: 'F', uniqueId: 'U', kind: 'document' }] }],
  ])('answers nothing if it %s', async (_what, text, marks) => {
    expect((await decideText(text, { expected: [ask('q-1')] }, marks)).decision).not.toHaveProperty('answer');
  });
});

describe('a message with formatting', () => {
  it('reaches Claude with it, and is a command by what was typed', async () => {
    const { decision } = await decideText('see this', {}, { markdown: 'see [this](https://x.y)' });
    expect(enqueued(decision)?.job).toMatchObject({ text: 'see [this](https://x.y)' });
    expect((await decideText('/new garden', {}, { markdown: '**/new** garden' })).claimed?.name).toBe('garden');
    expect((await decideText('stop', {}, { markdown: '**stop**' })).decision).toMatchObject({
      say: expect.stringMatching(/^Nothing is running/),
    });
  });

  it('answers a question with what it replies to, and says that a file of that was not passed on', async () => {
    const about = { queue: { name: 'session-web', group: 'session.nas' }, requestId: 'q-1' };
    const expected = [{ about, questionId: 'q-1', prefix: '', marked: [] }];
    const photo = { fileId: 'f', uniqueId: 'u', kind: 'photo' };
    const replied = { messageId: 3, text: 'the port', files: [photo] };
    const { decision } = await decideText('this one', { expected }, { replied, repliesTo: 3 });
    expect(decision?.answer?.to).toMatchObject([{ value: 'this one\n\n(in reply to: the port)' }]);
    expect(decision?.say).toBe('Your answer was passed on, without the file that it replies to.');
  });

  it('answers a question with it, and shows what was typed', async () => {
    const about = { queue: { name: 'session-web', group: 'session.nas' }, requestId: 'q-1' };
    const expected = [{ about, questionId: 'q-1', prefix: '', marked: [] }];
    const { decision } = await decideText('use x', { expected }, { markdown: 'use `x`' });
    expect(decision?.answer).toMatchObject({ to: [{ value: 'use `x`', shown: '→ use x (Ann)' }] });
  });
});

describe('what is no text', () => {
  const unsupported = async (more: object, around: Partial<World> = {}) => {
    const incoming = { kind: 'unsupported' as const, origin, what: 'photos', ...more };
    return (await decideOn(incoming, { ...withWeb, ...around })).decision;
  };

  it('is refused in words', async () => {
    expect(await unsupported({})).toEqual({ say: "I can't take photos yet. Please send text." });
  });

  it('has its caption passed on, with whose it was and what it replies to', async () => {
    const replied = { text: 'earlier' };
    const decision = await unsupported({ caption: 'what is it?', forwardedFrom: 'Bob', replied });
    expect(decision?.say).toBe("I can't take photos yet. Only the text was passed on.");
    expect(enqueued(decision)?.job).toMatchObject({ text: 'what is it?', forwardedFrom: 'Bob', replied });
  });

  it('has its caption kept when there is no session for it', async () => {
    const decision = await unsupported({ caption: 'x' }, { active: undefined });
    expect(decision?.kept?.add).toMatchObject({ text: 'x' });
    expect(decision?.say).toBe("I can't take photos yet. Only the text is kept.");
  });
});

it('what a decision holds can be kept as JSON and read back', async () => {
  for (const text of ['/new a', '/session web', '/sessions', 'hello', '/help']) {
    const { decision } = await decideText(text);
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  }
});
