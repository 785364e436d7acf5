import { isInstalled, run, say, stopWith, succeeds } from './say.mjs';

const SERVERS = ['redis-server', 'valkey-server'];

/** Makes sure that a Redis server is installed: through apt where that is allowed, else says exactly what to type. */
export function installRedis() {
  if (SERVERS.some(isInstalled)) return;
  if (!isInstalled('apt-get')) {
    const how =
      process.platform === 'darwin'
        ? 'brew install redis'
        : 'your package manager: its package is called redis or valkey';
    stopWith(
      `Redis is not installed, and Signalbox keeps its queues in it. Install it with ${how}. Then run this again.`,
    );
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !succeeds('sudo', ['-n', 'true'])) {
    stopWith(
      'Redis is not installed, and Signalbox keeps its queues in it. Type this, then run this again:\n\n  sudo apt-get install redis-server\n',
    );
  }
  say('Installing redis-server with apt-get (some seconds)…');
  const apt = (...args) => {
    // RUNLEVEL=1: the package must not start a server of its own; Signalbox starts a private one.
    const command = ['env', 'RUNLEVEL=1', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    const [program, ...rest] = isRoot ? command : ['sudo', '-n', ...command];
    run(program, rest, { quiet: true });
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'redis-server');
}
