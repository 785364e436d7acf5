export { type Metadata, metadataSchema, newMetadata, type SessionStatus } from './metadata.ts';
export { boundPermissionMode, type PermissionMode, type Persona, personaSchema } from './persona.ts';
export { openPersonaLibrary, type PersonaLibrary, type PersonaProblem } from './persona-library.ts';
export { type NewSession, openSessionStore, type SessionPaths, type SessionStore } from './session-store.ts';
export { type ReadState, readState, writeState } from './state-file.ts';
