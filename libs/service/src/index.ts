export { ConfigurationError, readTogether } from './environment/configuration-error.ts';
export { handOn } from './environment/hand-on.ts';
export { describeLookAlike, findLookAlikes } from './environment/look-alikes.ts';
export { isLoopback } from './environment/loopback.ts';
export { processEnvironment, type RawEnvironment } from './environment/process-environment.ts';
export { type AllSettings, readAllSettings, readIfRight, readSettingsOf } from './environment/read-variables.ts';
export { secretsOf } from './environment/secrets.ts';
export { keepHeartbeat } from './lifecycle/heartbeat-file.ts';
export { describeEviction, requireNoEviction } from './lifecycle/require-no-eviction.ts';
export {
  EXIT_CONFIGURATION,
  FatalError,
  runService,
  type Service,
  type ServiceContext,
} from './lifecycle/run-service.ts';
export { createLog, type Log } from './logging/log.ts';
export { createBeginningRedactor, createRedactor, type Redact } from './logging/redactor.ts';
export { type PrivateRedis, startPrivateRedis } from './redis/private-redis.ts';
export { namesOf, ownNames, variableNames } from './variables/names.ts';
export { type VariableName, variables } from './variables/table.ts';
export { TOPICS, type Topic, type Variable } from './variables/variable.ts';
export { backoffMs, type Pause, pause } from './waiting/backoff.ts';
export { createTrouble } from './waiting/tell-trouble.ts';
