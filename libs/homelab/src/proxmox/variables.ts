import type { IntegrationVariable } from '../contract/integration.ts';

/** What the variables of a Proxmox product expect and mean: they are the same for PVE and PBS. */
export function describeVariables(product: string, port: number) {
  return {
    url: { expected: `an address such as https://10.0.0.2:${port}`, meaning: `Where ${product} is.` },
    tokenId: {
      expected: 'the name of an API token: user@realm!name',
      meaning: `The API token that ${product} lets Signalbox in by. Reading is all it needs.`,
      credential: true,
    },
    tokenSecret: { expected: "the token's secret", meaning: "The token's secret.", secret: true },
    fingerprint: {
      expected: 'a SHA-256 fingerprint: 64 hexadecimal digits, with colons or without',
      meaning: `The fingerprint of ${product}'s certificate: no other is accepted.`,
      optional: true,
    },
    caFile: {
      expected: 'a file of certificates (PEM)',
      meaning: `Who may have signed ${product}'s certificate, if the system does not know them.`,
      optional: true,
    },
  } as const satisfies Record<string, IntegrationVariable>;
}
