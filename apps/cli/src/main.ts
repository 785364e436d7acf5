import { startCommand } from './start-command.ts';

const [command = 'start'] = process.argv.slice(2);

if (command === 'start') {
  process.exitCode = await startCommand();
} else {
  console.error(`signalbox: unknown command "${command}". There is: start`);
  process.exitCode = 2;
}
