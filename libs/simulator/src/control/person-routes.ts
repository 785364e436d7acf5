import { Hono } from 'hono';
import type { Env } from '../shared/http-bindings.ts';
import type { Attachment } from '../telegram/people/post-files.ts';
import type { TelegramSimulator } from '../telegram/telegram-simulator.ts';
import {
  blockBody,
  editBody,
  groupBody,
  personBody,
  placeBody,
  pressBody,
  reactBody,
  sayBatchBody,
  sayBody,
  stickerBody,
  topicBody,
  uploadFields,
} from './bodies.ts';
import { readBody } from './read-body.ts';

/** What people do. */
export function personRoutes(telegram: TelegramSimulator): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/say', async (c) => c.json(telegram.say(await readBody(c, sayBody))));
  app.post('/say-batch', async (c) => c.json(telegram.sayBatch((await readBody(c, sayBatchBody)).messages)));
  app.post('/sticker', async (c) => c.json(telegram.sendSticker(await readBody(c, stickerBody))));
  app.post('/press', async (c) => c.json(telegram.press(await readBody(c, pressBody))));
  app.post('/edit', async (c) => c.json(telegram.edit(await readBody(c, editBody))));
  app.post('/react', async (c) => c.json(telegram.react(await readBody(c, reactBody))));
  app.post('/stop-draft', async (c) => c.json(telegram.stopDraft(await readBody(c, placeBody))));
  app.post('/topics', async (c) => c.json(telegram.createTopic(await readBody(c, topicBody))));
  app.post('/block', async (c) => {
    const { user, blocked } = await readBody(c, blockBody);
    if (blocked) telegram.block(user);
    else telegram.unblock(user);
    return c.json({ ok: true });
  });
  app.post('/people', async (c) => {
    const { started = false, ...person } = await readBody(c, personBody);
    telegram.addPerson(person, { started });
    return c.json({ ok: true });
  });
  app.post('/groups', async (c) => {
    telegram.addGroup(await readBody(c, groupBody));
    return c.json({ ok: true });
  });
  app.post('/upload', async (c) => {
    const form = await c.req.parseBody({ all: true });
    const { as, ...fields } = uploadFields.parse(form);
    const given = [form.file ?? []].flat().filter((value) => value instanceof File);
    const files = await Promise.all(given.map((file) => readAttachment(file, as)));
    const [file, second] = files;
    if (file === undefined) throw new Error('file: expected at least one file in this field');
    return c.json(
      second === undefined ? [telegram.sendFile({ ...fields, ...file })] : telegram.sendAlbum({ ...fields, files }),
    );
  });
  return app;
}

async function readAttachment(file: File, as: Attachment['as']): Promise<Attachment> {
  const data = new Uint8Array(await file.arrayBuffer());
  return {
    name: file.name,
    data,
    ...(file.type === '' ? {} : { mimeType: file.type }),
    ...(as === undefined ? {} : { as }),
  };
}
