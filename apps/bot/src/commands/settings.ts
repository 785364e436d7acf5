import {
  type ControlJob,
  effortSchema,
  interruptedPolicySchema,
  MOST_TIMEOUT_MINUTES,
  modelSchema,
  OUTPUT_MEANINGS,
  type OutputMode,
  outputModeSchema,
  permissionModeSchema,
  type SettingsChange,
} from '@signalbox/contracts';
import { askControl, controlOf } from '../deciding/ask-session.ts';
import { type Command, usage } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import { findSession, namedSession } from '../deciding/find-session.ts';

type Setting = Extract<ControlJob, { kind: 'show-setting' }>['setting'];

/** A command that shows a setting, or sets it to what is typed. `read` gives `undefined` for what it cannot be set to. */
function settingCommand(
  setting: Setting,
  [values, example, description]: readonly [string, string, string],
  read: (typed: string) => SettingsChange | undefined,
): Command {
  const name: string = setting;
  const command = { name, usage: `/${name} [${values}]`, example: `/${name} ${example}`, description };
  return {
    ...command,
    decide({ args: [typed, ...more] }, origin, snapshot) {
      if (typed === undefined) return askControl(origin, snapshot, { kind: 'show-setting', setting });
      const change = more.length > 0 ? undefined : read(typed.toLowerCase());
      return change ? askControl(origin, snapshot, { kind: 'set', change }) : usage(command);
    },
  };
}

const plainModelCommand = settingCommand('model', ['name|default', 'opus', 'Show or choose the model'], (typed) => {
  if (typed === 'default') return { model: null };
  return modelSchema.safeParse(typed).success ? { model: typed } : undefined;
});

const modelCommand: Command = {
  ...plainModelCommand,
  needs: ({ args }) => namedSession(args[2]),
  /** The button below the question whether a model is meant that Claude Code does not offer names the session, too. */
  decide(typed, origin, snapshot) {
    const [model = '', word, named, ...more] = typed.args;
    if (word !== 'anyway' || more.length > 0) return plainModelCommand.decide(typed, origin, snapshot);
    const read = modelSchema.safeParse(model.toLowerCase());
    const found = findSession(named, snapshot);
    if (!read.success || !('card' in found)) return read.success ? (found as Decision) : usage(plainModelCommand);
    return controlOf(found.card, origin, { kind: 'set', change: { model: read.data }, sure: true });
  },
};

const effortCommand = settingCommand(
  'effort',
  [`${effortSchema.options.join('|')}|default`, 'high', 'Show or choose how hard Claude thinks'],
  (typed) => {
    if (typed === 'default') return { effort: null };
    const effort = effortSchema.safeParse(typed).data;
    return effort && { effort };
  },
);

const setMode = settingCommand(
  'mode',
  ['plan|default|acceptEdits|persona', 'acceptEdits', 'Show or choose what Claude may do unasked'],
  (typed) => {
    if (typed === 'persona') return { permission_mode: null };
    const mode = permissionModeSchema.options.find((each) => each.toLowerCase() === typed);
    return mode && { permission_mode: mode };
  },
);

/** The buttons below what is always allowed name a rule by its mark; a person may also type it as it stands there. */
const modeCommand: Command = {
  ...setMode,
  decide(typed, origin, snapshot) {
    const [, rule] = /^revoke\s+(\S[\s\S]*)$/.exec(typed.rest) ?? [];
    return rule === undefined
      ? setMode.decide(typed, origin, snapshot)
      : askControl(origin, snapshot, { kind: 'revoke', rule });
  },
};

const timeoutCommand = settingCommand(
  'timeout',
  [`1–${MOST_TIMEOUT_MINUTES}|default`, '45', 'After how many minutes of silence Claude is interrupted'],
  (typed) => {
    if (typed === 'default') return { timeoutMinutes: null };
    const minutes = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
    return minutes >= 1 && minutes <= MOST_TIMEOUT_MINUTES ? { timeoutMinutes: minutes } : undefined;
  },
);

const interruptedCommand = settingCommand(
  'interrupted',
  [`${interruptedPolicySchema.options.join('|')}|persona`, 'ask', 'What becomes of a turn that a restart cuts off'],
  (typed) => {
    if (typed === 'persona') return { interrupted: null };
    const interrupted = interruptedPolicySchema.safeParse(typed).data;
    return interrupted && { interrupted };
  },
);

/** A command that sets how much of a turn is shown. */
function outputCommand(output: OutputMode): Command {
  const command = { name: output as string, usage: `/${output}`, description: `Show ${OUTPUT_MEANINGS[output]}` };
  return {
    ...command,
    decide: ({ args }, origin, snapshot) =>
      args.length > 0 ? usage(command) : askControl(origin, snapshot, { kind: 'set', change: { output } }),
  };
}

/** The settings of a session, in the order of `/help`. */
export const settingCommands: readonly Command[] = [
  modeCommand,
  modelCommand,
  effortCommand,
  timeoutCommand,
  interruptedCommand,
  ...outputModeSchema.options.map(outputCommand),
];
