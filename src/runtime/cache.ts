// The size of a cache that is mostly far from full.

/** With `max`, an LRUCache takes the memory of all its entries at once: a megabyte for 50,000. */
export const upTo = (entries: number) => ({ maxSize: entries, sizeCalculation: () => 1 })
