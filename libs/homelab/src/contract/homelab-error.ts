/**
 * Why a service could not be asked. `unreachable`: no connection · `refused`: 401 or 403 · `certificate`: not the one that is expected ·
 * `timeout`: no answer in time · `rights`: it answers, but shows nothing for want of rights · `answer`: it answers what cannot be
 * understood, or an error.
 */
export type HomelabErrorCode = 'unreachable' | 'refused' | 'certificate' | 'timeout' | 'rights' | 'answer';

/** One sentence for a person, with the variable or right to mend. It holds no secret. */
export class HomelabError extends Error {
  override name = 'HomelabError';
  readonly code: HomelabErrorCode;
  constructor(code: HomelabErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
