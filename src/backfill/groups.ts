// Works through a page a few rows at a time.

/** Each look-up asks every shard of Redis: those of a whole page at once would hold thousands of answers in memory. */
const AT_ONCE = 10

/** The results, in the order of the items. */
export const inGroups = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = []
  for (let at = 0; at < items.length; at += AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))))
  return results
}
