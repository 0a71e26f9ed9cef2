// Reads single values of Polar's answers.

/** The most entries of a page that Polar gives. */
export const PAGE_SIZE = 100

/** @throws {TypeError} which counts as no answer. */
export const text = (value: unknown): string => {
  if (typeof value !== 'string' || value === '') throw new TypeError('not a text')
  return value
}

export const instant = (value: unknown): string | null =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null
