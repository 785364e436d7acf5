import { writeFile } from 'node:fs/promises';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { BYPASS, bash, use } from '../support/directives.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

// Every tool may be used; and only models that are older than the newest keep a list of things to do.
const personas = { lister: { model: 'claude-haiku-4-5' } };

const world = useWorld({ env: BYPASS, personas }, () => world.newSession('web', 'lister'));
const turnsOf = async (session: string) => (await world.metadata(session)).turns;
const callIds = (method: string, text?: string) =>
  world.telegram.calls
    .filter((call) => call.method === method && (text === undefined || call.params.text === text))
    .map(({ id }) => id);

describe('in a private chat', () => {
  it('a draft shows what Claude writes, what it does and what it still has to do, and nothing of that after the answer', async () => {
    world.say(
      [
        use('TaskCreate', { subject: 'Look around', description: 'all', activeForm: 'Looking around' }),
        use('TaskUpdate', { taskId: '1', status: 'in_progress' }),
        `[[say **First** this.]]${bash('until test -e go; do sleep 0.1; done')}`,
        `[[stream 900 over 4000]]${use('Read', { file_path: '/etc/hostname' })}[[say The end.]]`,
      ].join(''),
    );
    const shows = (text: string) => world.telegram.draftFrames(ANN.id).some((frame) => frame.text.includes(text));
    await world.telegram.waitFor(() => shows('▶️ Looking around\n⚙️ Running until test -e go'), {
      timeoutMs: PATIENCE_MS,
    });
    await writeFile(world.workspace('web', 'go'), '');
    await world.shows('The end.');
    await expect.poll(() => turnsOf('web')).toBe(1);
    const frames = world.telegram.draftFrames(ANN.id);
    expect(frames.every(({ canStop }) => canStop)).toBe(true);
    const grown = frames.filter(({ text }) => text.startsWith('The signalman')).map(({ text }) => text.length);
    expect(grown.length).toBeGreaterThan(1);
    expect(grown).toEqual(grown.toSorted((a, b) => a - b));
    // A draft that nothing follows would stay for half a minute.
    const lastFrame = Math.max(...callIds('sendMessageDraft'));
    expect(lastFrame).toBeLessThan(Math.max(...callIds('sendMessage', 'The end.')));
    await world.ask('/sessions', /Use \/session/);
    expect(Math.max(...callIds('sendMessageDraft'))).toBe(lastFrame);
    expect(world.telegram.draft(ANN.id)).toBeUndefined();
  });
});
