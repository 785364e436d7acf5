export { type Metadata, metadataSchema, newMetadata, type SessionStatus } from './metadata.ts';
export { boundPermissionMode, type Persona, personaSchema } from './persona.ts';
export { openPersonaLibrary, type PersonaLibrary, type PersonaProblem } from './persona-library.ts';
export { type NewSession, openSessionStore, type SessionPaths, type SessionStore } from './session-store.ts';
export { allowMore, changeSettings } from './settings.ts';
export { type ReadState, readState, writeState } from './state-file.ts';
export {
  addTurn,
  lastDays,
  newest,
  noUsage,
  type PlanLimit,
  sum,
  type Tally,
  type TurnUse,
  type Usage,
} from './usage.ts';
