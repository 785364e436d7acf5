import type { IntegrationVariable } from '../contract/integration.ts';

/** A service as its variables tell of it: where it is, and what its certificate is checked against. */
export interface Service {
  /** The first part of its variables, such as `PVE`. */
  readonly name: string;
  /** The value of `<NAME>_URL`. */
  readonly url: string;
  /** The value of `<NAME>_FINGERPRINT`: the SHA-256 of its certificate. */
  readonly fingerprint?: string | undefined;
  /** The value of `<NAME>_CA_FILE`: a file of certificates (PEM) it may be signed by. */
  readonly caFile?: string | undefined;
  /** The names of the variables it lets us in by. */
  readonly credentials: readonly string[];
}

type Variables = Readonly<Record<string, IntegrationVariable>>;
type Values = Readonly<Record<string, string | undefined>>;

/** One service for each `<NAME>_URL` that is set. */
export function servicesOf(variables: Variables, values: Values): Service[] {
  return Object.keys(variables).flatMap((variable) => {
    const name = /^(.+)_URL$/.exec(variable)?.[1];
    const url = values[variable];
    if (!name || !url) return [];
    const credentials = Object.entries(variables)
      .filter(([other, { secret, credential }]) => other.startsWith(`${name}_`) && (secret || credential))
      .map(([other]) => other);
    return [{ name, url, fingerprint: values[`${name}_FINGERPRINT`], caFile: values[`${name}_CA_FILE`], credentials }];
  });
}

/** Which of them an address belongs to. */
export function serviceAt(services: readonly Service[], url: string): Service {
  const { origin } = new URL(url);
  const service = services.find((one) => new URL(one.url).origin === origin);
  if (service) return service;
  const known = services.map(({ name }) => `${name}_URL`).join(', ') || 'none';
  throw new Error(`${origin} is not to be asked: expected an address of a configured service (${known}).`);
}

/** A service in a sentence: `PVE_URL (https://10.0.0.2:8006)`. */
export function showService({ name, url }: Service): string {
  const { origin, pathname } = new URL(url);
  return `${name}_URL (${origin}${pathname === '/' ? '' : pathname})`;
}
