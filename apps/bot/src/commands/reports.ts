import type { ControlJob } from '@signalbox/contracts';
import { askControl } from '../deciding/ask-session.ts';
import { type Command, usage } from '../deciding/command.ts';

type Report = Extract<ControlJob, { kind: 'usage' | 'export' | 'desk' | 'log' }>['kind'];

/** A command without arguments that tells something of the place's session, also while a turn runs. */
function report(name: Report, description: string): Command {
  const command = { name: name as string, usage: `/${name}`, description };
  return {
    ...command,
    decide: ({ args }, origin, snapshot) =>
      args.length > 0 ? usage(command) : askControl(origin, snapshot, { kind: name }),
  };
}

export const usageCommand = report('usage', 'Tokens, cost, how full the context is, and the plan’s limits');
export const logCommand = report('log', 'The last lines of the tool that runs');
export const exportCommand = report('export', 'This conversation as a Markdown file');
export const deskCommand = report('desk', 'The line to continue this session in a terminal');
