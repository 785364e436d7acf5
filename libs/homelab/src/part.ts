import { HomelabError } from './homelab-error.ts';
import type { ReportLine } from './report.ts';

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

export function valueOr<T>(one: Part<T>, otherwise: T): T {
  return 'value' in one ? one.value : otherwise;
}

/** A line for each different failure. */
export function failedLines(parts: readonly Part<unknown>[]): ReportLine[] {
  const sentences = parts.flatMap((one) => ('failed' in one ? one.failed.message : []));
  return [...new Set(sentences)].map((text) => ({ level: 'unknown', text }));
}

/** Throws the first failure if nothing at all is known. */
export function needOne(parts: readonly Part<unknown>[]): void {
  const failures = parts.flatMap((one) => ('failed' in one ? one.failed : []));
  if (failures.length === parts.length && failures[0]) throw failures[0];
}
