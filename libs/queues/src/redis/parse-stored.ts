/** Reads JSON that another process wrote; what cannot be read counts as absent. */
export function parseStored<T>(
  schema: { safeParse(data: unknown): { success: boolean; data?: T } },
  json: string | null,
): T | undefined {
  if (json === null) return undefined;
  try {
    const result = schema.safeParse(JSON.parse(json));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
