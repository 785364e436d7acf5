import { prettyFactory } from 'pino-pretty';

/** Turns the apps' log lines (JSON) into lines for a person; anything else is shown as it is. */
export function createLogLines(isColored: boolean): (name: string, line: string) => string {
  const pretty = prettyFactory({
    colorize: isColored,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname,name',
    messageFormat: '{msg}',
  });
  return (name, line) => {
    const shown = line.startsWith('{') ? pretty(line).trimEnd() : line;
    return `${name.padEnd(9)} ${shown}`;
  };
}
