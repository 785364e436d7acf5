import { connect } from 'node:net';

/** What became of a TCP connection to a port. `unknown`: it could not be told. */
export type Knock =
  | { readonly kind: 'open'; readonly ms: number }
  | { readonly kind: 'refused'; readonly ms: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Opens a TCP connection and closes it at once. Never throws. `signal`: the time is up. */
export function knock(address: string, port: number, signal: AbortSignal): Promise<Knock> {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, signal });
    const after = (kind: 'open' | 'refused') => resolve({ kind, ms: performance.now() - began });
    socket.once('connect', () => {
      after('open');
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') after('refused');
      else resolve(failed(error.code ?? error.name, signal.aborted));
    });
  });
}

function failed(code: string, stopped: boolean): Knock {
  if (stopped || /^(ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ECONNRESET)$/.test(code)) return { kind: 'silent' };
  return { kind: 'unknown', why: /^(ENOTFOUND|EAI_AGAIN)$/.test(code) ? 'Name or service not known' : code };
}
