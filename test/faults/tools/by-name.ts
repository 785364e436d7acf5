/** For `it.for(byName(cases))('when %s …', ([, each]) => …)`: the name is printed as it stands. */
export function byName<T extends { readonly name: string }>(cases: readonly T[]): [string, T][] {
  return cases.map((each) => [each.name, each]);
}
