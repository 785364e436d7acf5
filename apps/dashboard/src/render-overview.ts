import { describeDuration, type WorkerCard } from '@signalbox/contracts';
import { html, raw } from 'hono/html';
import { describeTelegram } from './find-problems.ts';
import type { OverviewPage, SessionRow } from './read-overview.ts';

type Html = ReturnType<typeof html>;

/** Seconds after which the page loads itself again. */
const RELOAD_EVERY_S = 10;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.bad { color: #c0392b; } .good { color: #1e8449; } .dim { opacity: .7; }
.notice { border-left: .3rem solid #d68910; padding: .5rem .75rem; margin: .75rem 0; background: #d6891022; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid #8884; padding: .5rem 0; display: flex; flex-wrap: wrap; gap: .1rem .75rem; }
li b { flex: 1 1 10rem; overflow-wrap: anywhere; } li span { white-space: nowrap; }
a { color: inherit; }`;

/** The overview as a page that a phone can show and that works without scripts. Holds no text of a chat. */
export function renderOverview(page: OverviewPage): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RELOAD_EVERY_S}">
<title>Signalbox</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
<h1>Signalbox</h1>
${page.modelIsSimulated ? SIMULATED : ''}
<p>${countLine(page.bots, 'bot')} · ${countLine(page.workers.length, 'worker')} · ${page.waitingReplies} replies to show · <a href="/queues">queues</a></p>
${telegramLine(page)}
${bugLine(page.bugs)}
<h2>Workers</h2>
${list(
  page.workers.map((worker) => workerItem(worker, page.readAt)),
  'No worker is running: messages wait in their queues.',
)}
<h2>Sessions (${page.sessionCount})</h2>
${list(
  page.sessions.map((row) => sessionItem(row, page.readAt)),
  'There is no session yet. Send /new <name> in the chat.',
)}
<p class="dim">As of ${new Date(page.readAt).toISOString()}</p>
</body>
</html>`;
}

const SIMULATED = html`<p class="notice"><strong>The model is simulated.</strong> Answers come from a stand-in and not from Claude. Log in with <code>claude</code> or set ANTHROPIC_API_KEY.</p>`;

function countLine(count: number, noun: string): Html {
  if (count === 0) return html`<span class="bad">no ${noun}</span>`;
  return html`<span class="good">${count} ${noun}${count === 1 ? '' : 's'}</span>`;
}

/** Without a bot the line above says so. */
function telegramLine({ bots, telegram, readAt }: OverviewPage): Html | '' {
  const problem = bots === 0 || !telegram ? undefined : describeTelegram(telegram, readAt);
  return problem === undefined ? '' : html`<p class="bad">${problem}</p>`;
}

/** Errors that no waiting mends: each was told in its chat, and its log has the details. */
function bugLine(bugs: OverviewPage['bugs']): Html | '' {
  const kinds = Object.entries(bugs).sort(([, a], [, b]) => b - a);
  if (kinds.length === 0) return '';
  return html`<p class="bad">Errors of our own: ${kinds.map(([kind, count]) => `${kind} ${count}`).join(' · ')}</p>`;
}

function list(items: readonly Html[], empty: string): Html {
  return items.length === 0 ? html`<p class="dim">${empty}</p>` : html`<ul>${items}</ul>`;
}

function workerItem(worker: WorkerCard, now: number): Html {
  const mode = worker.permissionMode;
  const isOpen = mode === 'bypassPermissions';
  return html`<li><b>${worker.host}, process ${worker.pid}</b><span>pool ${worker.pool}</span><span>Claude ${worker.claude}</span><span class="${isOpen ? 'bad' : ''}">mode ${isOpen ? '⚠️ ' : ''}${mode}</span><span>up ${describeDuration(now - worker.startedAt)}</span></li>`;
}

function sessionItem({ card, activity, waiting, hasWork, isHeld }: SessionRow, now: number): Html {
  const status = activity?.status ?? 'idle';
  const used = describeDuration(now - (activity?.lastUsedAt ?? card.createdAt));
  // Work that nobody does is what an operator looks for.
  const isStuck = hasWork && !isHeld;
  return html`<li><b>${card.name}</b><span>${card.persona}</span><span>${status}</span><span class="${isStuck ? 'bad' : ''}">${waiting} in queue</span><span class="dim">used ${used} ago</span></li>`;
}
