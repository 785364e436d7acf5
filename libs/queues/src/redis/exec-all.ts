/** Sends what was put into a pipeline or transaction. Rejects with the first error among the replies: exec() alone resolves in spite of it. */
export async function execAll(pipeline: { exec(): Promise<[Error | null, unknown][] | null> }): Promise<unknown[]> {
  const replies = (await pipeline.exec()) ?? [];
  for (const [error] of replies) if (error) throw error;
  return replies.map(([, value]) => value);
}
