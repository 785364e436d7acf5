import type { PermissionMode, Settings } from '@signalbox/contracts';
import type { Persona } from '@signalbox/sessions';
import { isHouseTool } from '../house/house-tools.ts';
import { SERVER } from '../wording/tool-names.ts';
import { permissionModeOf } from './settings-in-force.ts';

/** What of a Claude process is decided when it is started, and what a person may change between two turns. */
export interface LaunchParameters {
  readonly systemPrompt: string;
  readonly model: string | undefined;
  readonly effort: string | undefined;
  readonly maxTurns: number | undefined;
  readonly permissionMode: PermissionMode;
  readonly allowedTools: readonly string[];
  readonly disallowedTools: readonly string[];
}

/** The CLI says this itself only to what is typed at a terminal (measured on 2.1.329). */
const PLAN_MODE =
  'You are in plan mode: look around and plan, and change nothing, neither files nor anything else. When the plan is ready, write it out as your answer, then use the tool ExitPlanMode to ask whether to carry it out. Once that was approved, plan mode is over and you may act.';

/** A persona names the tools of the house by themselves; for the CLI they belong to a server. */
function ruleOf(tool: string): string {
  return isHouseTool(tool) ? `mcp__${SERVER}__${tool}` : tool;
}

/** The parameters of a session: what was set for it, else its persona's, within what the configuration allows. Pure. */
export function launchParameters(persona: Persona, settings: Settings, most: PermissionMode): LaunchParameters {
  const { model, max_turns, permission_mode, allowed_tools, disallowed_tools } = persona.settings;
  const permissionMode = permissionModeOf(settings, permission_mode, most);
  return {
    systemPrompt: [persona.system_prompt, ...(permissionMode === 'plan' ? [PLAN_MODE] : [])].join('\n\n').trim(),
    model: settings.model ?? model,
    effort: settings.effort,
    maxTurns: max_turns,
    permissionMode,
    allowedTools: [...(allowed_tools ?? []).map(ruleOf), ...(settings.allowed ?? [])],
    disallowedTools: disallowed_tools ?? [],
  };
}
