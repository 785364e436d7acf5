// Runs the real CLI in its place and passes every byte on. Each line of stdin and stdout is first told to the test, which may hold it
// back; so is the start itself. Without a test that listens everything passes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';

/** @param {{binary: string, socket: string, marker: string}} constants what stands in the generated script */
export async function runTap({ binary, socket, marker }) {
  const args = process.argv.slice(2);
  if (!args.includes('--input-format=stream-json')) return endLike(spawn(binary, args, { stdio: 'inherit' }));
  const tell = await connectTo(socket);
  await tell({ from: 'start', marker: process.env[marker] });
  // With the tap dies the CLI; SIGTERM, which it gets when the worker dies, is passed on.
  const words = ['--pdeathsig', 'KILL', '--', binary, ...args];
  const child = spawn('setpriv', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => undefined);
  process.stdout.on('error', () => undefined);
  void pass(process.stdin, child.stdin, 'stdin', tell).then(() => child.stdin.end());
  const told = pass(child.stdout, process.stdout, 'stdout', tell);
  await endLike(child, told);
}

async function connectTo(path) {
  const waiting = new Map();
  const socket = createConnection(path);
  let count = 0;
  let isOpen = await new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  socket.once('close', () => {
    isOpen = false;
    for (const go of waiting.values()) go();
  });
  createInterface({ input: socket }).on('line', (id) => waiting.get(Number(id))?.());
  return (message) => {
    if (!isOpen) return Promise.resolve();
    const id = ++count;
    socket.write(`${JSON.stringify({ id, pid: process.pid, ...message })}\n`);
    return new Promise((resolve) => waiting.set(id, resolve)).then(() => waiting.delete(id));
  };
}

/** Line by line, a last line without an end too. */
async function pass(from, to, name, tell) {
  let rest = Buffer.alloc(0);
  for await (const chunk of from) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      const line = rest.subarray(0, end + 1);
      rest = rest.subarray(end + 1);
      await tell({ from: name, text: line.toString('utf8') });
      to.write(line);
    }
  }
  if (rest.length > 0) to.write(rest);
}

/** Passes signals on, and ends as the child did, once what it printed was passed on or is held for good. */
async function endLike(child, told = Promise.resolve()) {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code, signal] = await once(child, 'exit');
  // A line that is held for good must not keep the wrapper alive: nothing tells the two apart but time.
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 500))]);
  if (process.stdout.writableLength > 0)
    await Promise.race([once(process.stdout, 'drain'), once(process.stdout, 'error')]);
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
