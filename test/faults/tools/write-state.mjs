/**
 * Writes state files as a worker does, in a process of its own that may be killed in the middle:
 *   node write-state.mjs <sessions dir> create | metadata | persona
 */
import { readFile } from 'node:fs/promises';
import { openSessionStore } from '@signalbox/sessions';

const [, , dir, what] = process.argv;
const store = openSessionStore(dir);
const persona = { name: 'default', description: 'd', system_prompt: 'x'.repeat(20_000), settings: {} };
const claudeSessionId = '3b241101-e2bb-4255-8caf-4136c566a962';
// A write that meets the process's limit must fail like one that meets the disk's.
process.on('SIGXFSZ', () => undefined);

if (what === 'create') {
  await store.create({ name: 'web', persona, claudeSessionId, createdBy: 'u-1-1', lastPlace: null });
} else if (what === 'persona') {
  await store.writePersona('web', persona);
} else {
  const metadata = JSON.parse(await readFile(store.paths('web').metadata, 'utf8'));
  await store.writeMetadata({ ...metadata, turns: metadata.turns + 1 });
}
