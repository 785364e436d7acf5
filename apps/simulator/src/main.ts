import { processEnvironment } from '@signalbox/service';
import { startSimulator } from '@signalbox/simulator';
import { readSettings } from './read-settings.ts';

try {
  const simulator = await startSimulator(readSettings(processEnvironment()));
  const stop = () => {
    void simulator.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Whoever started this process and talks to it should not leave it behind.
  process.once('disconnect', stop);
  console.log(`Simulator listening on ${simulator.url}`);
  const { url, botToken, telegram } = simulator;
  const groups = telegram.chats.filter(({ id }) => id < 0);
  process.send?.({
    type: 'listening',
    url,
    botToken,
    users: telegram.users.map(({ id }) => id),
    groups: groups.map(({ id }) => id),
  });
} catch (error) {
  console.error(`The simulator did not start. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
