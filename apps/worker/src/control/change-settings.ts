import {
  type ControlJob,
  effortSchema,
  interruptedPolicySchema,
  type MenuButton,
  outputModeSchema,
  type PermissionMode,
  permissionModeSchema,
  type Settings,
  type SettingsChange,
} from '@signalbox/contracts';
import { allowMore, changeSettings as changed, type Persona, type SessionStore } from '@signalbox/sessions';
import { outputOf } from '../warm/settings-in-force.ts';
import type { Shown } from '../wording/shown.ts';
import { words } from '../wording/words.ts';
import { listRules } from './allowed-rules.ts';
import { describeSetting, type Setting, type SettingLimits } from './describe-setting.ts';
import { text } from './show-text.ts';

/** The settings' file, for whoever changes it. */
type SettingsStore = Pick<SessionStore, 'readSettings' | 'writeSettings'>;

/** What changing settings calls. */
export interface ChangeSettingsNeeds extends SettingLimits {
  readonly store: SettingsStore & Pick<SessionStore, 'peekPersona'>;
}

/** What showing a setting calls. */
export interface ShowSettingNeeds extends SettingLimits {
  readonly store: Pick<SessionStore, 'peekSettings' | 'peekPersona'>;
}

/** Changes a session's settings and says what holds now. Files that cannot be read have been set aside, and are made anew. */
export async function changeSettings(
  session: string,
  change: SettingsChange,
  needs: ChangeSettingsNeeds,
): Promise<Shown> {
  const { store, inactivityMs, most } = needs;
  const read = await store.readSettings(session);
  const settings = changed(read.status === 'ok' ? read.value : {}, change);
  const persona = await store.peekPersona(session);
  const context = { settings, persona, inactivityMs, most };
  if (change.permission_mode === 'bypassPermissions' && most !== 'bypassPermissions')
    return text(words.bypassNotAllowed);
  await store.writeSettings(session, settings);
  const lines = settingsOf(change).map((setting) => describeSetting(setting, context));
  const lost = read.status === 'corrupt' ? [words.settingsSetAside(session)] : [];
  return text([...lost, ...lines, ...(countsLater(change) ? [words.countsLater] : [])].join('\n'));
}

/** Says what a setting is, with a button for each other value, and behind `before` if that is to be said first. */
export async function showSetting(
  session: string,
  setting: Setting,
  { store, inactivityMs, most }: ShowSettingNeeds,
  before?: string,
): Promise<Shown> {
  const settings = await store.peekSettings(session);
  const persona = await store.peekPersona(session);
  const line = describeSetting(setting, { settings, persona, inactivityMs, most });
  const rules = setting === 'mode' ? listRules(settings.allowed) : { lines: [], rows: [] };
  const lines = [...(before === undefined ? [] : [before, '']), line, HINTS[setting]];
  return {
    kind: 'menu',
    text: [...lines, ...(rules.lines.length > 0 ? ['', ...rules.lines] : [])].join('\n'),
    plain: true,
    rows: [...rowsOf(setting, heldValue(setting, { settings, persona }), most), ...rules.rows],
    once: false,
  };
}

/** What a setting can be set to by a button: the words of its command. */
const CHOICES: Record<Setting, readonly string[]> = {
  output: outputModeSchema.options,
  mode: [...permissionModeSchema.options, 'persona'],
  model: ['opus', 'sonnet', 'haiku', 'default'],
  effort: [...effortSchema.options, 'default'],
  timeout: ['5', '15', '30', '60', '120', 'default'],
  interrupted: [...interruptedPolicySchema.options, 'persona'],
};

const HINTS: Record<Setting, string> = {
  output: '/quiet, /normal, /verbose or /smart sets it.',
  mode: 'plan: only look and plan · default: ask in the chat · acceptEdits: edit files unasked · persona: as the persona says',
  model: '/model <name> takes any other, for example /model claude-sonnet-5-5.',
  effort: 'More effort: better answers to hard questions, slower and dearer ones.',
  timeout: '/timeout <minutes> takes any other, from 1 to 120.',
  interrupted: 'What a tool had begun may run again when a turn is continued. persona: as the persona says',
};

/** What a setting is now, as its button calls it. */
function heldValue(setting: Setting, context: { settings: Settings; persona: Persona | undefined }): string {
  const { model, effort, permission_mode: mode, timeoutMinutes, interrupted } = context.settings;
  const held = { output: outputOf(context), mode, model, effort, timeout: timeoutMinutes?.toString(), interrupted };
  return held[setting] ?? (setting === 'mode' || setting === 'interrupted' ? 'persona' : 'default');
}

function rowsOf(setting: Setting, held: string, most: PermissionMode): MenuButton[][] {
  const offered = CHOICES[setting].filter((value) => value !== 'bypassPermissions' || most === value);
  const buttons = offered.map((value): MenuButton => {
    const command = setting === 'output' ? `/${value}` : `/${setting} ${value}`;
    const name = value === 'bypassPermissions' ? `⚠️ ${value}` : value;
    return { label: value === held ? `✓ ${name}` : name, act: { do: 'command', text: command } };
  });
  return [buttons.slice(0, 3), buttons.slice(3)].filter((row) => row.length > 0);
}

function settingsOf(change: SettingsChange): Setting[] {
  const names = {
    output: 'output',
    permission_mode: 'mode',
    model: 'model',
    effort: 'effort',
    timeoutMinutes: 'timeout',
    interrupted: 'interrupted',
  } as const;
  return Object.entries(names).flatMap(([key, setting]) => (key in change ? [setting] : []));
}

/** What Claude is started with. */
function countsLater(change: SettingsChange): boolean {
  return 'model' in change || 'effort' in change || 'permission_mode' in change;
}

/** Keeps what a person has allowed for the session. */
export async function allow(
  { session, rules, permission_mode }: Extract<ControlJob, { kind: 'allow' }>,
  store: SettingsStore,
): Promise<void> {
  const read = await store.readSettings(session);
  await store.writeSettings(session, allowMore(read.status === 'ok' ? read.value : {}, rules, permission_mode));
}
