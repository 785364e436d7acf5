/** What decides which native package npm installs. */
export interface Platform {
  platform: string;
  arch: string;
  musl: boolean;
}

/** The packages that may hold the CLI, best first: on musl the other one is there too when npm ignored `libc`. */
export function platformPackages({ platform, arch, musl }: Platform): string[] {
  const base = `@anthropic-ai/claude-code-${platform}-${arch}`;
  if (platform !== 'linux') return [base];
  return musl ? [`${base}-musl`] : [base];
}

/** The platform this process runs on. glibc names its version in Node's report; musl does not. */
export function currentPlatform(): Platform {
  return { platform: process.platform, arch: process.arch, musl: process.platform === 'linux' && !hasGlibc() };
}

function hasGlibc(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}
