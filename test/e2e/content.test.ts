import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { use } from '../support/directives.ts';
import { PNG, pathsIn } from '../support/files.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();
const turns = () => world.simulator.anthropic.turns();
const lastText = () => turns().at(-1)?.lastUserText ?? '';

describe('what a person sends', () => {
  it('reaches the model with its formatting, whatever kind it is, or is answered', async () => {
    await world.newSession();
    const text = 'see this issue please [[say seen]]';
    const entities = [
      { type: 'text_link', offset: 4, length: 10, url: 'https://x.y/1' },
      { type: 'strikethrough', offset: 15, length: 6 },
    ];
    world.telegram.say({ from: ANN.id, text, entities });
    await world.shows('seen');
    expect(lastText()).toBe('see [this issue](https://x.y/1) ~~please~~ [[say seen]]');

    const blocks = [{ type: 'heading', size: 2, text: 'Plan [[say planned]]' }];
    world.telegram.sendContent({ from: ANN.id, content: { rich_message: { blocks } } });
    await world.shows('planned');
    expect(lastText()).toBe('## Plan [[say planned]]');

    const venue = { location: { latitude: 52.5, longitude: 13.4 }, title: 'Gate [[say there]]', address: 'Platz 1' };
    world.telegram.sendContent({ from: ANN.id, content: { venue, location: venue.location } });
    await world.shows('there');
    expect(lastText()).toBe('Venue: Gate [[say there]], Platz 1\nLocation: 52.5, 13.4');

    for (const content of [
      { gift: {} },
      { giveaway: {} },
      { users_shared: {} },
      { web_app_data: {} },
      { hologram: {} },
    ])
      world.telegram.sendContent({ from: ANN.id, content });
    for (const named of ['gifts', 'giveaways', 'shared users', 'data of web apps', 'this kind of message'])
      await world.shows(`I can't take ${named} yet. Please send text.`);
  });
});

/** Resolves when the model was given so many messages. */
const given = (count: number) => expect.poll(() => turns().length, { timeout: PATIENCE_MS }).toBe(count);

describe('a reply', () => {
  it('to a photo brings its path and the image, to what Claude sent the place where it had that', async () => {
    const workspace = world.workspace(await world.newSession());
    const photo = world.telegram.sendFile({ from: ANN.id, name: 'a.png', data: PNG, as: 'photo', caption: 'a cat' });
    await given(1);
    const [path] = pathsIn(lastText());
    world.say('why? [[say because]]', { replyTo: photo.message.id });
    await world.shows('because');
    expect(turns().at(-1)?.attachments).toEqual(['image/png']);
    expect(lastText()).toMatch(/^<in-reply-to>\n<attached-file [^\n]+\n\na cat\n<\/in-reply-to>\n\nwhy\?/);
    expect(pathsIn(lastText())).toEqual([path]);

    await writeFile(join(workspace, 'plot.png'), PNG);
    await world.ask(
      `${use('mcp__signalbox__send_file', { paths: ['plot.png'], caption: 'plot' })}[[say done]]`,
      'done',
    );
    const plot = await world.shows('plot');
    world.say('again [[say once more]]', { replyTo: plot.id });
    await world.shows('once more');
    expect(pathsIn(lastText())).toEqual([join(workspace, 'plot.png')]);
    expect(turns().at(-1)?.attachments).toEqual(['image/png']);
  });

  it('to one of an album brings all of it, and the part of a text that was chosen', async () => {
    await world.newSession();
    const files = ['a.txt', 'b.txt'].map((name) => ({ name, data: Buffer.from(name) }));
    const [, second] = world.telegram.sendAlbum({ from: ANN.id, files, caption: 'two' });
    await given(1);
    const [a = '', b = ''] = pathsIn(lastText());
    world.say('these [[say those]]', { replyTo: second?.message.id ?? 0 });
    await world.shows('those');
    expect(pathsIn(lastText())).toEqual([b, a]);

    const said = world.say('one two three');
    await given(3);
    world.say('that? [[say yes]]', { replyTo: said.message.id, quote: 'two' });
    await world.shows('yes');
    expect(lastText()).toBe('<in-reply-to part="chosen by the sender">\ntwo\n</in-reply-to>\n\nthat? [[say yes]]');
  });
});
