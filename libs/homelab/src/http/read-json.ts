import { HomelabError } from '../contract/homelab-error.ts';
import type { HttpAnswer } from '../contract/http.ts';
import type { Redact } from './redactor.ts';
import { type Service, showService } from './services-of.ts';

/** How much of an error's text is shown, in characters. */
const MAX_SHOWN = 120;

/** The JSON of an answer of status 2xx. Anything else is an error of the code `answer`. */
export function readJson(service: Service, url: string, { status, text }: HttpAnswer, redact: Redact): unknown {
  const where = `${showService(service)} answers`;
  const path = new URL(url).pathname;
  if (status >= 300 && status < 400) {
    throw new HomelabError(
      'answer',
      `${where} ${path} with a redirect (${status}). Is the address complete, with its port?`,
    );
  }
  if (status < 200 || status >= 300) {
    throw new HomelabError('answer', `${where} ${path} with an error (${status})${shorten(redact(text))}.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new HomelabError('answer', `${where} ${path} with something that is not JSON. Is it the right service?`);
  }
}

/** What an error says, in one line; a web page says nothing. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '' || line.startsWith('<')) return '';
  return `: ${line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line}`;
}
