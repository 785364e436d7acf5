import { showToast } from './notices.js';

async function request(path, init) {
  const response = await fetch(`/control/${path}`, init);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `The simulator answered ${response.status}`);
  return body;
}

/** Asks the control API. A refusal is shown to the person and becomes undefined. */
export async function get(path) {
  return request(path).catch(tellFailure);
}

export async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  return request(path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(tellFailure);
}

export async function upload(fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, String(value));
  for (const file of files) form.append('file', file, file.name);
  return request('upload', { method: 'POST', body: form }).catch(tellFailure);
}

function tellFailure(error) {
  showToast(error.message);
  return undefined;
}

/**
 * Listens to the simulator. The browser connects again by itself; each time the whole state comes first.
 * @param {Record<string, (data: any) => void>} handlers by event
 * @param {(online: boolean) => void} setOnline
 */
export function listen(handlers, setOnline) {
  const source = new EventSource('/control/events');
  source.addEventListener('open', () => setOnline(true));
  source.addEventListener('error', () => setOnline(false));
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
}
