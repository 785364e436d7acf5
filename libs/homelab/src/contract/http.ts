/** What is asked of a service. */
export interface HttpRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the whole answer may take, in ms (5,000). */
  readonly timeoutMs?: number;
  /** What the credentials need to be shown this, in words (`the role Audit on /`): it stands in the error of a 403. */
  readonly right?: string;
}

/** An answer as it came: nothing in it was checked or redacted. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** Asks the services of one integration. It owns TLS, time-outs, the most that is read (2 MB), and keeps secrets out of errors. */
export interface Http {
  /**
   * Asks and reads the whole answer, whatever its status but 401 and 403. Throws `HomelabError`: `unreachable`, `certificate`, `timeout`,
   * `refused`, or `answer` if it is too long.
   */
  request(url: string, request?: HttpRequest): Promise<HttpAnswer>;
  /** The same for JSON of status 2xx; anything else is an error of the code `answer`. */
  json(url: string, request?: HttpRequest): Promise<unknown>;
}
