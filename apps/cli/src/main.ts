import { fileURLToPath } from 'node:url';
import { doctorCommand } from './doctor/doctor-command.ts';
import { startCommand } from './start/start-command.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const [command = 'start'] = process.argv.slice(2);

if (command === 'doctor') {
  process.exitCode = await doctorCommand(root, console.log);
} else if (command === 'start') {
  process.exitCode = await startCommand(root);
} else {
  console.error(`signalbox: unknown command "${command}". There are: start, doctor`);
  process.exitCode = 2;
}
