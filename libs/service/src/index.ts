export * from './backoff.ts';
export * from './heartbeat-file.ts';
export * from './log.ts';
export * from './private-redis.ts';
export * from './read-variables.ts';
export * from './redactor.ts';
export * from './run-service.ts';
export * from './variables.ts';
