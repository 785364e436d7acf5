import { type Integrations, namesOf, problemsOf, WATCH_VARIABLES } from '@signalbox/homelab';
import {
  type AllSettings,
  ConfigurationError,
  describeLookAlike,
  findLookAlikes,
  ownNames,
  type RawEnvironment,
  readAllSettings,
  readIfRight,
} from '@signalbox/service';
import { readHouse } from './read-house.ts';

/** All that the settings say, and all that is wrong with them, before anything is started. */
export interface SettingsLook {
  readonly house: Integrations;
  /** The names of the house's variables: they are for the worker alone. */
  readonly houseNames: readonly string[];
  /** A sentence for each name that looks like one of ours and is none. */
  readonly lookAlikes: readonly string[];
  /** A sentence for each variable, or for several together, that Signalbox itself has. */
  readonly problems: readonly string[];
  /** The same of the house. */
  readonly houseProblems: readonly string[];
  /** Undefined if `problems` are. */
  readonly config: AllSettings | undefined;
}

/** Reads all settings. Never rejects for what a person wrote. `root`: the worker's working directory. */
export async function lookAtSettings(settings: RawEnvironment, root: string): Promise<SettingsLook> {
  const house = await readHouse(settings, root);
  const houseNames = namesOf(house);
  const found = findLookAlikes(settings, [...ownNames, ...houseNames]);
  return {
    ...readOwn(settings),
    house,
    houseNames,
    lookAlikes: found.map(describeLookAlike),
    houseProblems: problemsOf(house, readIfRight(settings, WATCH_VARIABLES)),
  };
}

function readOwn(settings: RawEnvironment): Pick<SettingsLook, 'config' | 'problems'> {
  try {
    return { config: readAllSettings(settings), problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { config: undefined, problems: error.problems };
  }
}
