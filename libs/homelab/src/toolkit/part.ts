import { HomelabError } from '../contract/homelab-error.ts';
import type { ReportLine } from '../contract/report.ts';

/** What one of several questions led to. */
export type Part<T> = { readonly value: T } | { readonly failed: HomelabError };

/** Takes a failure to ask as a result, so that what else is known can be shown. */
export async function part<T>(asked: Promise<T>): Promise<Part<T>> {
  try {
    return { value: await asked };
  } catch (error) {
    if (error instanceof HomelabError) return { failed: error };
    throw error;
  }
}

/** For what the report can do without. */
export function valueOr<T>(one: Part<T>, otherwise: T): T {
  return 'value' in one ? one.value : otherwise;
}

/** A line for each different failure, with the names of the parts that it hides. */
export function failedLines(parts: readonly (readonly [name: string, part: Part<unknown>])[]): ReportLine[] {
  const namesBySentence = new Map<string, Set<string>>();
  for (const [name, one] of parts) {
    if (!('failed' in one)) continue;
    const names = namesBySentence.get(one.failed.message) ?? new Set();
    namesBySentence.set(one.failed.message, names.add(name));
  }
  return [...namesBySentence].map(([sentence, names]) => ({
    level: 'unknown',
    text: `${[...names].join(', ')}: ${sentence}`,
  }));
}

/** Throws the first failure if nothing at all is known. */
export function needOne(parts: readonly Part<unknown>[]): void {
  const failures = parts.flatMap((one) => ('failed' in one ? one.failed : []));
  if (failures.length === parts.length && failures[0]) throw failures[0];
}
