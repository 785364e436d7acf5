export { type EarlierConversation, type Metadata, newMetadata, withLeft } from './metadata.ts';
export { boundPermissionMode, type Persona } from './persona.ts';
export { openPersonaLibrary, type PersonaLibrary } from './persona-library.ts';
export type { SessionPaths } from './session-paths.ts';
export { openSessionStore, type SessionStore } from './session-store.ts';
export { allowLess, allowMore, changeSettings } from './settings.ts';
export type { ReadState } from './state-file.ts';
export { addTurn, lastDays, newest, noUsage, type PlanLimit, sum, type Tally, type Usage } from './usage.ts';
