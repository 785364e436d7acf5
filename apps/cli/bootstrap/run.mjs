// The first thing that runs in a fresh clone: nothing is installed yet, so it uses nothing but Node.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { installPackages } from './install-packages.mjs';
import { installRedis } from './install-redis.mjs';
import { root, run, say, stopWith } from './say.mjs';
import { tellSlowestFiles } from './slowest-files.mjs';

const [command, ...rest] = process.argv.slice(2);

checkNode();
installPackages();
// `npm start` can do with a Redis elsewhere; the tests start their own.
if (command !== 'doctor' && (command !== 'start' || !givenRedis())) installRedis();

if (command === 'start' || command === 'doctor') {
  say('Building (a few seconds; what has not changed is taken from the last time)…');
  run('npx', ['nx', 'run-many', '-t', 'build', '--output-style=static'], { quiet: true });
  process.argv.splice(2, process.argv.length, command, ...rest);
  await import('../dist/main.js');
} else if (command === 'test') {
  say('Linting, building, type-checking and testing (some minutes)…');
  test(['lint', 'typecheck', 'build', 'test']);
} else if (command === 'test:long') {
  say('Running the tests that take long (a quarter of an hour and more)…');
  test(['test:long']);
} else if (command === 'bench') {
  run('npx', ['nx', 'run-many', '-t', 'build', '--output-style=static'], { quiet: true });
  run('npx', ['tsx', '--conditions=@signalbox/source', 'test/bench/main.ts', ...rest]);
} else if (command === 'faults') {
  run('npx', ['nx', 'run-many', '-t', 'build', '--output-style=static'], { quiet: true });
  run('npx', ['tsx', '--conditions=@signalbox/source', 'test/faults/main.ts', ...rest]);
} else {
  stopWith(
    `Unknown command "${command ?? ''}". There are: npm start, npm test, npm run test:long, npm run doctor, npm run bench, npm run faults.`,
  );
}

/** Has nx do these in every project that has them, then says which test files took longest. */
function test(targets) {
  tellSlowestFiles((env) =>
    run('npx', ['nx', 'run-many', '-t', ...targets, '--output-style=stream', ...rest], { env }),
  );
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stopWith(`Signalbox needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

function givenRedis() {
  // biome-ignore lint/style/noProcessEnv: nothing is installed yet that could read it
  if (process.env.REDIS_URL) return true;
  try {
    return Boolean(parseEnv(readFileSync(join(root, '.env'), 'utf8')).REDIS_URL);
  } catch {
    return false;
  }
}
