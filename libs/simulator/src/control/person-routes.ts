import { Hono } from 'hono';
import type { Env } from '../common/http-bindings.ts';
import type { People } from '../telegram/people/people.ts';
import type { Attachment } from '../telegram/people/post-files.ts';
import { bodies } from './bodies.ts';
import { post } from './post.ts';

/** What people do. */
export function personRoutes(telegram: People): Hono<Env> {
  const app = new Hono<Env>();
  post(app, '/say', bodies.say, telegram.say);
  post(app, '/say-batch', bodies.sayBatch, ({ messages }) => telegram.sayBatch(messages));
  post(app, '/sticker', bodies.sticker, telegram.sendSticker);
  post(app, '/raw', bodies.raw, telegram.sendRaw);
  post(app, '/updates', bodies.update, telegram.deliver);
  post(app, '/press', bodies.press, telegram.press);
  post(app, '/edit', bodies.edit, telegram.edit);
  post(app, '/react', bodies.react, telegram.react);
  post(app, '/stop-draft', bodies.place, telegram.stopDraft);
  post(app, '/topics', bodies.topic, telegram.createTopic);
  post(app, '/block', bodies.block, ({ user, blocked }) => telegram[blocked ? 'block' : 'unblock'](user));
  post(app, '/people', bodies.person, ({ started = false, ...person }) => telegram.addPerson(person, { started }));
  post(app, '/groups', bodies.group, telegram.addGroup);
  post(app, '/upgrade', bodies.upgrade, telegram.upgrade);
  app.post('/upload', async (c) => {
    const form = await c.req.parseBody({ all: true });
    const { as, ...fields } = bodies.upload.parse(form);
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
