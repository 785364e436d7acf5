import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Env } from '../common/http-bindings.ts';
import type { Looks } from '../telegram/looks/looks.ts';
import type { ApiCall } from '../telegram/protocol/api-call.ts';
import type { BotCommand, Update } from '../telegram/protocol/api-types.ts';
import { type PageSource, pageState } from './page-state.ts';

/** What can be looked at. */
export type Watched = {
  telegram: PageSource &
    Looks & {
      readonly calls: ApiCall[];
      readonly commands: ReadonlyMap<string, BotCommand[]>;
      readonly pendingUpdates: Update[];
    };
  modelIsSimulated: boolean;
};

/** What people see and what the bot called. */
export function lookRoutes({ telegram, modelIsSimulated }: Watched): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/state', (c) => c.json(pageState(telegram, modelIsSimulated)));
  app.get('/messages', (c) => {
    const chat = number(c.req.query('chat'), 'chat');
    const thread = c.req.query('thread');
    if (c.req.query('all') !== undefined) return c.json(telegram.allMessages(chat));
    return c.json(telegram.messages(chat, thread === undefined ? undefined : number(thread, 'thread')));
  });
  app.get('/drafts', (c) => c.json(telegram.draftFrames(number(c.req.query('chat'), 'chat'))));
  app.get('/actions', (c) => c.json(telegram.actions(number(c.req.query('chat'), 'chat'))));
  app.get('/answers/:queryId', (c) => c.json(telegram.answer(c.req.param('queryId')) ?? null));
  app.get('/calls', (c) => {
    const after = Number(c.req.query('after') ?? 0);
    return c.json(telegram.calls.filter((call) => call.id > after));
  });
  app.get('/commands', (c) => {
    const { chat, user } = c.req.query();
    if (chat === undefined) return c.json(Object.fromEntries(telegram.commands));
    return c.json(telegram.commandsFor(number(chat, 'chat'), number(user ?? chat, 'user')));
  });
  app.get('/pending-updates', (c) => c.json(telegram.pendingUpdates));
  app.get('/files/:id', secureHeaders({ strictTransportSecurity: false }), (c) => {
    const file = telegram.findFile({ id: c.req.param('id') });
    if (file === undefined) return c.json({ error: `No file has the id ${c.req.param('id')}` }, 404);
    // Only images are shown in the page; anything else is downloaded, so that no HTML of a chat runs as the page.
    const isImage = /^image\/(png|jpeg|gif|webp)$/.test(file.mimeType);
    const name = encodeURIComponent(file.name);
    const headers = {
      'content-type': isImage ? file.mimeType : 'application/octet-stream',
      'content-disposition': `${isImage ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    };
    return new Response(Buffer.from(file.data), { headers });
  });
  return app;
}

function number(text: string | undefined, name: string): number {
  const value = Number(text ?? Number.NaN);
  if (Number.isInteger(value)) return value;
  throw new Error(`${name}: expected a whole number, got "${text ?? ''}"`);
}
