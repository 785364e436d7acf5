/** An environment as it stands, unread. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** The process's own environment. The only place that looks at it. */
export function processEnvironment(): RawEnvironment {
  // biome-ignore lint/style/noProcessEnv: the one place
  return process.env;
}
