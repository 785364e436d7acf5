import { HomelabError } from '../contract/homelab-error.ts';
import type { HttpAnswer } from '../contract/http.ts';
import { type Service, showService } from './services-of.ts';

/** A 401 or a 403 as one sentence. What the service says is left out: it may repeat what it was sent. */
export function describeRefusal(service: Service, url: string, { status }: HttpAnswer, right?: string): HomelabError {
  const where = showService(service);
  const credentials = service.credentials.join(' and ') || 'the credentials';
  if (status === 401) return new HomelabError('refused', `${where} does not let us in (401). Check ${credentials}.`);
  const needed = right ? `It needs ${right}.` : 'Give it the right to read that.';
  const path = new URL(url).pathname;
  return new HomelabError('refused', `${where} knows ${credentials}, but does not show ${path} (403). ${needed}`);
}
