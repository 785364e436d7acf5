/** What a client or a server of Redis says in RESP2, decoded for looking at. */
export type RespValue = string | number | null | RespError | RespValue[];

/** An error reply, e.g. `NOSCRIPT …`. */
export class RespError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** One whole value, and the very bytes that it came in. */
export interface RespFrame {
  readonly value: RespValue;
  readonly bytes: Buffer;
}

/** Cuts a stream of RESP2 into whole values, however its chunks are cut. */
export class RespReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The values that are whole with this chunk. Throws if it is no RESP2. */
  push(chunk: Buffer): RespFrame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: RespFrame[] = [];
    for (let parsed = parse(this.#rest, 0); parsed !== undefined; parsed = parse(this.#rest, 0)) {
      frames.push({ value: parsed.value, bytes: this.#rest.subarray(0, parsed.end) });
      this.#rest = this.#rest.subarray(parsed.end);
    }
    return frames;
  }
}

type Parsed = { value: RespValue; end: number } | undefined;

/** The value that begins at `from`; `undefined` while it is not whole. */
function parse(data: Buffer, from: number): Parsed {
  const lineEnd = data.indexOf('\r\n', from, 'latin1');
  if (lineEnd === -1) return undefined;
  const kind = String.fromCharCode(data[from] ?? 0);
  const text = data.toString('utf8', from + 1, lineEnd);
  const end = lineEnd + 2;
  switch (kind) {
    case '+':
      return { value: text, end };
    case '-':
      return { value: new RespError(text), end };
    case ':':
      return { value: Number(text), end };
    case '$':
      return parseBulk(data, Number(text), end);
    case '*':
      return parseArray(data, Number(text), end);
    default:
      throw new Error(`Expected RESP2 (a value that begins with one of + - : $ *), got "${kind}${text.slice(0, 40)}"`);
  }
}

function parseBulk(data: Buffer, length: number, from: number): Parsed {
  if (length < 0) return { value: null, end: from };
  const end = from + length + 2;
  return data.length < end ? undefined : { value: data.toString('utf8', from, from + length), end };
}

function parseArray(data: Buffer, length: number, from: number): Parsed {
  if (length < 0) return { value: null, end: from };
  const values: RespValue[] = [];
  let end = from;
  while (values.length < length) {
    const item = parse(data, end);
    if (item === undefined) return undefined;
    values.push(item.value);
    end = item.end;
  }
  return { value: values, end };
}
