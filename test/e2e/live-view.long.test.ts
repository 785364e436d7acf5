import { ANN, BOB, GROUP_ID, OFFICIAL_LIMITS, type ShownMessage } from '@signalbox/simulator';
import { beforeEach, describe, expect, it } from 'vitest';
import { BYPASS } from '../support/directives.ts';
import { refusals, watchFlow } from '../support/flow.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';
import type { World } from '../support/world.ts';

// Every tool may be used; and only models that are older than the newest keep a list of things to do.
const personas = { lister: { model: 'claude-haiku-4-5' } };

let world: World;
const isView = ({ buttons }: ShownMessage) => buttons.flat().some(({ text }) => text.includes('Stop'));
const views = (chat: number) => world.shown(chat).filter(isView);

describe('in a private chat', () => {
  const own = useWorld({ env: BYPASS, personas }, () => own.newSession('web', 'lister'));
  beforeEach(() => {
    world = own;
  });

  it('under flood control the whole answer is shown, with one refusal at most', async () => {
    world.telegram.flood.limits = OFFICIAL_LIMITS;
    const flow = await watchFlow(world, { from: ANN.id, chat: ANN.id, chars: 3_000, overMs: 8_000 });
    world.telegram.flood.limits = undefined;
    expect(flow.refused).toBeLessThanOrEqual(1);
    expect(world.telegram.draftFrames(ANN.id).length).toBeGreaterThan(3);
  });

  it('Telegram’s own Stop button ends the turn that the draft shows', async () => {
    world.say('[[stream 2000 over 20000]]');
    await world.telegram.waitFor(() => world.telegram.draft(ANN.id)?.text.startsWith('The signalman'));
    world.telegram.stopDraft({ from: ANN.id });
    await world.shows(/Stopped/);
    expect(world.telegram.draft(ANN.id)).toBeUndefined();
  });

  it('a refused draft, whatever Telegram says, is a message that grows for an hour; the next bot tries once', async () => {
    const drafts = () => world.telegram.calls.filter(({ method }) => method === 'sendMessageDraft').length;
    const refuse = () => {
      const effect = { error: { code: 400, description: 'Bad Request: not here, not today' } };
      world.telegram.faults.add({ method: 'sendMessageDraft', times: 1_000, effect });
    };
    const grows = async () => {
      const answered = watchFlow(world, { from: ANN.id, chat: ANN.id, chars: 1_500, overMs: 8_000 });
      await world.telegram.waitFor(() => views(ANN.id).find(({ edited }) => edited), { timeoutMs: PATIENCE_MS });
      await answered;
    };
    refuse();
    const before = drafts();
    await grows();
    await grows();
    expect(drafts()).toBe(before + 1);
    await world.replace('bot');
    await grows();
    expect(drafts()).toBe(before + 2);
  });
});

describe('where there are no drafts', () => {
  const own = useWorld({ env: { ...BYPASS, STREAMING: 'edit' } }, () => own.newSession('web'));
  beforeEach(() => {
    world = own;
  });

  it('one silent message with a Stop button grows, and is gone after the answer, also under flood control', async () => {
    world.telegram.flood.limits = OFFICIAL_LIMITS;
    const flow = watchFlow(world, { from: ANN.id, chat: ANN.id, chars: 3_000, overMs: 5_000 });
    const view = await world.telegram.waitFor(() =>
      views(ANN.id).find(({ history }) => history.filter(({ what }) => what === 'edited').length > 1),
    );
    expect([view.silent, views(ANN.id).length]).toEqual([true, 1]);
    const { answer, refused } = await flow;
    world.telegram.flood.limits = undefined;
    expect(refused).toBeLessThanOrEqual(1);
    await world.telegram.waitFor(() => views(ANN.id).length === 0);
    expect(
      world
        .shown()
        .filter(({ id }) => id >= view.id)
        .map(({ id }) => id),
    ).toEqual([answer.id]);
    const [first = 0, second = 0, third = 0] = view.history.map(({ at }) => at);
    expect(Math.min(second - first, third - second)).toBeGreaterThan(1_000);
  });

  it('the Stop button ends the turn, and is gone with it', async () => {
    world.say('[[stream 2000 over 20000]]');
    const view = await world.telegram.waitFor(() => views(ANN.id)[0]);
    const { queryId } = press(world, view, '⏹ Stop');
    await world.shows(/Stopped/);
    expect(world.telegram.answer(queryId)?.text).toBe('Stopping…');
    await world.telegram.waitFor(() => views(ANN.id).length === 0);
  });

  it('two topics of a group share its limit: both turns are shown, and both answers come, with one refusal at most', async () => {
    const topics = world.telegram.chats.find(({ id }) => id === GROUP_ID)?.topics ?? [];
    for (const { id: thread, name } of topics) {
      world.telegram.say({ from: BOB.id, chat: GROUP_ID, thread, text: `/new ${name}` });
      await world.shows(`Session '${name.toLowerCase()}' created.`, GROUP_ID);
    }
    const before = world.telegram.calls.length;
    world.telegram.flood.limits = OFFICIAL_LIMITS;
    const flows = topics.map(({ id: thread }) =>
      watchFlow(world, { from: BOB.id, chat: GROUP_ID, thread, chars: 1_500, overMs: 6_000 }),
    );
    await world.telegram.waitFor(() => topics.every(({ id }) => views(GROUP_ID).some(({ thread }) => thread === id)));
    await Promise.all(flows);
    world.telegram.flood.limits = undefined;
    expect(refusals(world.telegram.calls.slice(before)).length).toBeLessThanOrEqual(1);
    await world.telegram.waitFor(() => views(GROUP_ID).length === 0);
  });

  it('what a bot that is killed leaves behind is taken away by the next one', async () => {
    world.say('[[stream 900 over 4000]]');
    await world.telegram.waitFor(() => views(ANN.id).some(({ edited }) => edited));
    await world.replace('bot');
    await world.telegram.waitFor(
      () => world.texts().at(-1)?.startsWith('The signalman') && views(ANN.id).length === 0,
      {
        timeoutMs: PATIENCE_MS,
      },
    );
  });
});
